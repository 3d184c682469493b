package dev.rolecall.service.internal.feed;

import dev.rolecall.grants.v1.Ack;
import dev.rolecall.grants.v1.FeedMessage;
import dev.rolecall.grants.v1.WatchMessage;
import dev.rolecall.identity.Caller;
import dev.rolecall.service.failure.AccessFailure;
import dev.rolecall.service.failure.FailureReason;
import dev.rolecall.service.failure.FailureStatus;
import dev.rolecall.service.rules.AccessRules;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One server that follows grants. It is sent news while it reads them: a slow one is told the
 * newest state of each grant once it goes on. Safe for use by many threads; never blocks.
 */
final class FeedSubscriber implements StreamObserver<WatchMessage> {

  private final NodeNews news;
  private final Caller caller;
  private final ServerCallStreamObserver<FeedMessage> out;
  private final Consumer<FeedSubscriber> over;
  private final Object sending = new Object();

  /** Guarded by sending. */
  private final SubscriberPlace place;

  /** Guarded by sending. */
  private boolean ended;

  FeedSubscriber(
      NodeNews news,
      Supplier<AccessRules> rules,
      Caller caller,
      ServerCallStreamObserver<FeedMessage> out,
      Consumer<FeedSubscriber> over) {
    this.news = news;
    this.place = new SubscriberPlace(news, rules, caller);
    this.caller = caller;
    this.out = out;
    this.over = over;
    out.setOnReadyHandler(this::pump);
    out.setOnCancelHandler(this::left);
    out.setOnCloseHandler(this::left);
  }

  @Override
  public void onNext(WatchMessage message) {
    try {
      switch (message.getKindCase()) {
        case SUBSCRIBE -> subscribe(Subscription.of(message.getSubscribe()));
        case ACK -> acknowledge(message.getAck());
        case KIND_NOT_SET ->
            throw new IllegalArgumentException("message: empty (expected: subscribe or ack)");
      }
    } catch (IllegalArgumentException e) {
      end(AccessFailure.of(FailureReason.ARGUMENT_INVALID, String.valueOf(e.getMessage())));
    }
    pump();
  }

  /** Whether it is a server of the same principal. */
  boolean isOf(Caller other) {
    return caller.principal().text().equals(other.principal().text());
  }

  private void subscribe(Subscription wanted) {
    synchronized (sending) {
      if (!ended) {
        place.subscribe(wanted);
      }
    }
  }

  private void acknowledge(Ack ack) {
    if (ack.getRevision() < 0 || ack.getStreamsEnded() < 0) {
      throw new IllegalArgumentException("ack: a negative number (expected: 0 or more)");
    }
    synchronized (sending) {
      if (!ended) {
        place.confirm(ack);
      }
    }
  }

  /** Sends what there is, as long as the subscriber reads it and the store has been read lately. */
  void pump() {
    if (news.isLocked(caller)) {
      end(AccessFailure.CALLER_LOCKED);
      return;
    }
    synchronized (sending) {
      while (!ended && out.isReady() && news.isFresh()) {
        FeedMessage message = place.next();
        if (message == null) {
          return;
        }
        out.onNext(message);
      }
    }
  }

  /** Ends the subscription: the service stops. */
  void stop() {
    end(AccessFailure.STOPPING);
  }

  private void end(AccessFailure failure) {
    synchronized (sending) {
      if (!ended) {
        ended = true;
        out.onError(FailureStatus.of(failure));
      }
    }
    left();
  }

  @Override
  public void onError(Throwable thrown) {
    left();
  }

  @Override
  public void onCompleted() {
    synchronized (sending) {
      if (!ended) {
        ended = true;
        out.onCompleted();
      }
    }
    left();
  }

  private void left() {
    synchronized (sending) {
      ended = true;
      place.leave();
    }
    over.accept(this);
  }
}
