package dev.rolecall.service.internal.api;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.grants.v1.AccessRequest;
import dev.rolecall.grants.v1.WatchAccessRequestsRequest;
import dev.rolecall.identity.internal.Batches;
import dev.rolecall.identity.internal.Supervisor;
import dev.rolecall.service.failure.AccessFailure;
import dev.rolecall.service.failure.FailureReason;
import dev.rolecall.service.failure.FailureStatus;
import dev.rolecall.service.internal.feed.Places;
import dev.rolecall.service.request.AccessEvent;
import dev.rolecall.service.store.AccessStore;
import dev.rolecall.service.store.EventFilter;
import dev.rolecall.service.store.Page;
import dev.rolecall.service.store.PageKey;
import dev.rolecall.service.store.Position;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The watches of requests at this node. The events of the store are read once for all of them, and
 * only while there is one. Safe for use by many threads; never blocks.
 */
final class RequestWatches implements AutoCloseable {

  private static final int MOST = 1_000;
  private static final int EVENTS = 500;
  private static final String TASK = SupervisedTask.ACCESS_CALL.label();
  private static final AccessFailure RESTORED =
      AccessFailure.of(
          FailureReason.STORE_UNAVAILABLE,
          "the store was restored to an older state (next step: watch again)");

  private final Backend backend;
  private final Supervisor supervisor;
  private final Places<RequestWatch> watches = new Places<>(MOST);
  private final Batches readings;
  private final AccessStore.Listening listening;

  /** The events up to there have been told; negative without a watch. Written under this. */
  private volatile long told = -1;

  /** The history that these events are of. Written under this. */
  private volatile String epoch = "";

  RequestWatches(Backend backend, Supervisor supervisor) {
    this.backend = backend;
    this.supervisor = supervisor;
    this.readings = new Batches(supervisor, TASK, this::read);
    this.listening = backend.store().onNews(readings::wake);
  }

  void watch(
      Viewer viewer,
      WatchAccessRequestsRequest message,
      ServerCallStreamObserver<AccessRequest> out) {
    RequestWatch watch = new RequestWatch(backend, viewer, message, out, watches::leave);
    Optional<Places.Lack> lack = watches.take(watch, each -> each.isOf(viewer));
    if (lack.isPresent()) {
      out.onError(FailureStatus.of(tooMany(lack.get())));
      return;
    }
    // From now on first, and then what there is: nothing falls between the two.
    Reply.of(backend.store().position())
        .whenAnswered(
            position -> {
              begin(position);
              watch.list(thrown -> defect(watch, thrown));
            },
            watch::end,
            thrown -> defect(watch, thrown));
  }

  private AccessFailure tooMany(Places.Lack lack) {
    String words =
        switch (lack) {
          case OF_ALL -> MOST + " watches at this node (expected: fewer; list instead)";
          case OF_PARTY ->
              watches.half() + " watches of yours at this node (expected: fewer; list instead)";
        };
    return AccessFailure.of(FailureReason.TOO_MANY, words);
  }

  private void defect(RequestWatch watch, Throwable thrown) {
    supervisor.caught(TASK, thrown);
    watch.end(AccessFailure.DEFECT);
  }

  private synchronized void begin(Position position) {
    if (told < 0) {
      told = position.revision();
      epoch = position.epoch();
    }
  }

  /** Whether there is anyone to tell. Where there is none, the next watch begins anew. */
  private synchronized boolean isFollowing() {
    if (watches.taken() == 0) {
      told = -1;
    }
    return told >= 0;
  }

  /** Tells of one page of events; whether there may be another. */
  private CompletionStage<Boolean> read() {
    if (!isFollowing()) {
      return CompletableFuture.completedFuture(false);
    }
    long after = told;
    String known = epoch;
    return Reply.of(backend.store().position())
        .unless(now -> now.epoch().equals(known) ? Optional.empty() : Optional.of(RESTORED))
        .then(
            now ->
                Reply.of(
                    backend
                        .store()
                        .events(
                            new EventFilter(Math.max(0, after), Optional.empty(), Optional.empty()),
                            PageKey.first(EVENTS))))
        .then(page -> tell(changedIn(page).iterator()).map(all -> told(after, page)))
        .orElse(this::failed);
  }

  /** In another history the revisions may be older than those that were told: all begin anew. */
  private boolean failed(AccessFailure failure) {
    if (failure.equals(RESTORED)) {
      synchronized (this) {
        told = -1;
      }
      watches.forEach(each -> each.end(failure));
    }
    return false;
  }

  private static Set<String> changedIn(Page<AccessEvent> page) {
    return page.items().stream()
        .filter(event -> event.word().startsWith("request."))
        .map(event -> event.about().ref())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * Tells of the requests, one reading at a time. If the store does not answer, the events count as
   * untold: all of them are read again with the next news, and a watch hears of each state once.
   */
  private Reply<Boolean> tell(Iterator<String> changed) {
    return changed.hasNext()
        ? Reply.of(backend.store().request(changed.next()).whenComplete(this::endAfterDefect))
            .then(
                request -> {
                  watches.forEach(each -> offer(each, request));
                  return tell(changed);
                })
        : Reply.of(true);
  }

  /** A request that cannot be read would keep the watches from all that comes after it. */
  private void endAfterDefect(Object unused, @Nullable Throwable thrown) {
    if (thrown != null) {
      watches.forEach(each -> each.end(AccessFailure.DEFECT));
    }
  }

  /** A watch that cannot judge a request ends: it would miss that request in silence. */
  private void offer(RequestWatch watch, dev.rolecall.service.request.AccessRequest request) {
    try {
      watch.offer(request);
    } catch (RuntimeException | Error e) {
      defect(watch, e);
    }
  }

  /** The events of a page have been told; whether there may be more. */
  private synchronized boolean told(long after, Page<AccessEvent> page) {
    if (told == after) {
      told = page.items().stream().mapToLong(AccessEvent::revision).max().orElse(after);
    }
    return page.items().size() == EVENTS;
  }

  /** Ends all watches as an outage. */
  @Override
  public void close() {
    listening.close();
    readings.close();
    watches.forEach(each -> each.end(AccessFailure.STOPPING));
  }
}
