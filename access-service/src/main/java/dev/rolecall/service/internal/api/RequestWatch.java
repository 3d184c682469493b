package dev.rolecall.service.internal.api;

import dev.rolecall.grants.v1.AccessRequest;
import dev.rolecall.grants.v1.WatchAccessRequestsRequest;
import dev.rolecall.service.failure.AccessFailure;
import dev.rolecall.service.failure.FailureReason;
import dev.rolecall.service.failure.FailureStatus;
import dev.rolecall.service.request.AskKind;
import dev.rolecall.service.store.PageKey;
import dev.rolecall.service.store.RequestFilter;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One watch of requests. What its client does not read waits here, the newest state of each request
 * once, and a bounded number of them. Safe for use by many threads; never blocks.
 */
final class RequestWatch {

  private static final int MOST_WAITING = 2_000;

  private final Backend backend;
  private final Viewer viewer;
  private final WatchAccessRequestsRequest wanted;
  private final ServerCallStreamObserver<AccessRequest> out;
  private final Consumer<RequestWatch> over;
  private final Object sending = new Object();

  /** Guarded by sending. */
  private final Map<String, AccessRequest> waiting = new LinkedHashMap<>();

  /**
   * The revisions that were told of late, so that an older one that is read late is not told.
   * Guarded by sending.
   */
  private final Map<String, Long> told = new Recent();

  /** A bounded map, which forgets the oldest. */
  private static final class Recent extends LinkedHashMap<String, Long> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
      return size() > 2 * MOST_WAITING;
    }
  }

  /** Guarded by sending. */
  private boolean ended;

  RequestWatch(
      Backend backend,
      Viewer viewer,
      WatchAccessRequestsRequest wanted,
      ServerCallStreamObserver<AccessRequest> out,
      Consumer<RequestWatch> over) {
    this.backend = backend;
    this.viewer = viewer;
    this.wanted = wanted;
    this.out = out;
    this.over = over;
    out.setOnReadyHandler(this::pump);
    out.setOnCancelHandler(this::left);
  }

  /** Whether it is a watch of the same party. */
  boolean isOf(Viewer other) {
    return viewer.subject().isSamePartyAs(other.subject());
  }

  /**
   * Lists the requests that wait, as they are now: for a decision, or as emergency access for the
   * review afterwards.
   *
   * @param defect is told of a defect, and ends the watch as one
   */
  void list(Consumer<Throwable> defect) {
    page(
        new RequestFilter(Set.of(), Optional.empty(), Set.of(), true, this::isWanted),
        PageKey.first(PageKey.MOST),
        defect);
  }

  private void page(RequestFilter filter, PageKey key, Consumer<Throwable> defect) {
    Reply.of(backend.store().requests(filter, key))
        .map(
            page -> {
              page.items().forEach(this::offer);
              return page.next();
            })
        .whenAnswered(
            next ->
                next.ifPresent(
                    cursor -> page(filter, new PageKey(PageKey.MOST, Optional.of(cursor)), defect)),
            this::end,
            defect);
  }

  /** By the rules of now, since a watch may last longer than they do. */
  private boolean isWanted(dev.rolecall.service.request.AccessRequest request) {
    Viewer now = Viewer.of(viewer.caller(), backend.rules().get());
    boolean own = request.involves(now.subject());
    if (wanted.getMine() && !own) {
      return false;
    }
    if (!wanted.getReviewable()) {
      return now.maySee(request);
    }
    if (request.ask().kind() == AskKind.BREAK_GLASS) {
      return now.mayReviewAfterwards(request);
    }
    // A change that ends the wait is told too.
    boolean waited = !request.isPending() || request.reviewBy(now.subject()).isEmpty();
    return waited && now.isReviewerOf(request);
  }

  /** Tells of a request, if the watch is of it and has not told of a newer state. */
  void offer(dev.rolecall.service.request.AccessRequest request) {
    if (backend.view().isLocked(viewer.caller())) {
      end(AccessFailure.CALLER_LOCKED);
      return;
    }
    if (!isWanted(request)) {
      return;
    }
    AccessRequest message = RequestMessages.message(request);
    boolean full;
    synchronized (sending) {
      if (told.getOrDefault(request.id(), -1L) < message.getRevision()) {
        told.put(request.id(), message.getRevision());
        waiting.put(request.id(), message);
      }
      full = waiting.size() > MOST_WAITING;
    }
    if (full) {
      end(
          AccessFailure.of(
              FailureReason.TOO_MANY,
              MOST_WAITING
                  + " requests wait to be read (expected: a client that reads; list them"
                  + " instead)"));
    }
    pump();
  }

  /** Sends what waits, as long as the client reads. */
  void pump() {
    synchronized (sending) {
      Iterator<AccessRequest> next = waiting.values().iterator();
      while (!ended && out.isReady() && next.hasNext()) {
        AccessRequest message = next.next();
        next.remove();
        out.onNext(message);
      }
    }
  }

  /** Ends the watch with a failure. */
  void end(AccessFailure failure) {
    synchronized (sending) {
      if (!ended) {
        ended = true;
        out.onError(FailureStatus.of(failure));
      }
    }
    left();
  }

  /** The client is gone. */
  void left() {
    synchronized (sending) {
      ended = true;
      waiting.clear();
    }
    over.accept(this);
  }
}
