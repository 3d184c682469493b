package dev.rolecall.service.internal.api;

import dev.rolecall.grants.v1.AccessRequest;
import dev.rolecall.grants.v1.WatchAccessRequestsRequest;
import dev.rolecall.identity.internal.Supervisor;
import dev.rolecall.service.failure.AccessFailure;
import dev.rolecall.service.failure.FailureReason;
import dev.rolecall.service.failure.FailureStatus;
import dev.rolecall.service.request.AccessEvent;
import dev.rolecall.service.store.AccessStore;
import dev.rolecall.service.store.EventFilter;
import dev.rolecall.service.store.Page;
import dev.rolecall.service.store.PageKey;
import dev.rolecall.service.store.Position;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * The watches of requests at this node. The events of the store are read once for all of them, and
 * only while there is one. Safe for use by many threads; never blocks.
 */
final class RequestWatches implements AutoCloseable {

  private static final int MOST = 1_000;
  private static final int EVENTS = 500;
  private static final String TASK = "request_watch";

  private final Backend backend;
  private final Supervisor supervisor;
  private final Set<RequestWatch> watches = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean reading = new AtomicBoolean();
  private final AccessStore.Listening listening;

  /** The events up to there have been told; negative without a watch. */
  private volatile long told = -1;

  RequestWatches(Backend backend, Supervisor supervisor) {
    this.backend = backend;
    this.supervisor = supervisor;
    this.listening = backend.store().onNews(this::look);
  }

  void watch(
      Viewer viewer,
      WatchAccessRequestsRequest message,
      ServerCallStreamObserver<AccessRequest> out) {
    if (watches.size() >= MOST) {
      out.onError(
          FailureStatus.of(
              AccessFailure.of(
                  FailureReason.TOO_MANY,
                  MOST + " watches at this node (expected: fewer; list instead)")));
      return;
    }
    RequestWatch watch = new RequestWatch(backend, viewer, message, out, watches::remove);
    watches.add(watch);
    // From now on first, and then what there is: nothing falls between the two.
    Reply.of(backend.store().position())
        .map(Position::revision)
        .whenAnswered(
            (answer, thrown) -> {
              if (answer != null) {
                answer.fold(
                    revision -> {
                      begin(revision);
                      watch.list();
                      return true;
                    },
                    failure -> {
                      watch.end(failure);
                      return false;
                    });
              }
            });
  }

  private synchronized void begin(long revision) {
    if (told < 0) {
      told = revision;
    }
  }

  private void look() {
    if (watches.isEmpty()) {
      told = -1;
    } else if (told >= 0 && reading.compareAndSet(false, true)) {
      supervisor.run(TASK, this::read);
    }
  }

  private void read() {
    long after = told;
    Reply.of(
            backend
                .store()
                .events(
                    new EventFilter(Math.max(0, after), Optional.empty(), Optional.empty()),
                    PageKey.first(EVENTS)))
        .whenAnswered(
            (answer, thrown) -> {
              reading.set(false);
              if (thrown != null) {
                supervisor.caught(TASK, thrown);
              }
              if (answer != null && answer.fold(page -> tell(after, page), failure -> false)) {
                look();
              }
            });
  }

  /** Tells of the requests that events are about; whether there may be more events. */
  private boolean tell(long after, Page<AccessEvent> page) {
    Set<String> changed =
        page.items().stream()
            .filter(event -> event.kind().word().startsWith("request."))
            .map(event -> event.about().ref())
            .collect(Collectors.toSet());
    for (String id : changed) {
      Reply.of(backend.store().request(id))
          .whenAnswered(
              (answer, thrown) -> {
                if (answer != null) {
                  answer.fold(
                      request -> {
                        watches.forEach(each -> each.offer(request));
                        return true;
                      },
                      failure -> false);
                }
              });
    }
    long last = page.items().stream().mapToLong(AccessEvent::revision).max().orElse(after);
    if (told == after) {
      told = last;
    }
    return page.items().size() == EVENTS;
  }

  /** Ends all watches as an outage. */
  @Override
  public void close() {
    listening.close();
    watches.forEach(
        each ->
            each.end(
                AccessFailure.of(
                    FailureReason.STOPPING, "the node stops (expected: another node)")));
  }
}
