package dev.rolecall.service.internal.feed;

import static java.util.Objects.requireNonNull;

import dev.rolecall.grants.v1.FeedMessage;
import dev.rolecall.grants.v1.GrantFeedGrpc;
import dev.rolecall.grants.v1.WatchMessage;
import dev.rolecall.guard.CurrentCaller;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.internal.Range;
import dev.rolecall.service.failure.AccessFailure;
import dev.rolecall.service.failure.FailureReason;
import dev.rolecall.service.failure.FailureStatus;
import dev.rolecall.service.rules.AccessRules;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The feed for enforcers. A subscriber costs a cursor and no queue. A message is sent only while
 * the store has been read within three seconds, so each message, and each heartbeat, says that it
 * was. One principal has at most half of the places, so that it cannot keep the servers of others
 * out. A locked principal hears nothing, and is cut off once it is locked. Safe for use by many
 * threads; never blocks.
 */
public final class GrantFeedServer extends GrantFeedGrpc.GrantFeedImplBase {

  /** The most subscribers of one node, unless it is set otherwise. */
  public static final int USUAL_SUBSCRIBERS = 1_000;

  private static final int MOST_SUBSCRIBERS = 100_000;

  private final NodeNews news;
  private final Supplier<AccessRules> rules;
  private final Places<FeedSubscriber> subscribers;
  private volatile boolean closed;

  /**
   * The feed of a node's news.
   *
   * @param mostSubscribers 1 to 100,000
   * @throws IllegalArgumentException if the number is out of that range
   */
  public GrantFeedServer(NodeNews news, Supplier<AccessRules> rules, int mostSubscribers) {
    this.news = requireNonNull(news, "news");
    this.rules = requireNonNull(rules, "rules");
    Range.check("subscribers", mostSubscribers, 1, MOST_SUBSCRIBERS);
    this.subscribers = new Places<>(mostSubscribers);
    news.onRead(this::pumpAll);
  }

  /** Starts a subscription. The guard has admitted the caller; the rules are asked once more. */
  @Override
  public StreamObserver<WatchMessage> watch(StreamObserver<FeedMessage> responses) {
    Caller caller = CurrentCaller.get();
    if (!rules.get().isEnforcer(caller)) {
      return refused(responses, AccessFailure.NOT_AN_ENFORCER);
    }
    FeedSubscriber subscriber =
        new FeedSubscriber(
            news,
            rules,
            caller,
            (ServerCallStreamObserver<FeedMessage>) responses,
            subscribers::leave);
    Optional<Places.Lack> lack = subscribers.take(subscriber, each -> each.isOf(caller));
    if (lack.isPresent()) {
      return refused(responses, tooMany(lack.get()));
    }
    if (closed) {
      subscriber.stop();
    }
    return subscriber;
  }

  private AccessFailure tooMany(Places.Lack lack) {
    String words =
        switch (lack) {
          case OF_ALL ->
              subscribers.most()
                  + " servers follow this node (expected: fewer; follow another node)";
          case OF_PARTY ->
              subscribers.half()
                  + " servers of your role follow this node, half of its places (expected: fewer;"
                  + " follow another node)";
        };
    return AccessFailure.of(FailureReason.TOO_MANY, words);
  }

  private static StreamObserver<WatchMessage> refused(
      StreamObserver<FeedMessage> responses, AccessFailure failure) {
    responses.onError(FailureStatus.of(failure));
    return new IgnoredMessages();
  }

  /** The messages of a call that was refused, which are dropped. */
  private static final class IgnoredMessages implements StreamObserver<WatchMessage> {
    @Override
    public void onNext(WatchMessage message) {}

    @Override
    public void onError(Throwable thrown) {}

    @Override
    public void onCompleted() {}
  }

  private void pumpAll() {
    subscribers.forEach(FeedSubscriber::pump);
  }

  /** How many servers follow this node. */
  public int subscribers() {
    return subscribers.taken();
  }

  /** Ends all subscriptions as an outage: subscribers go to another node. */
  public void close() {
    closed = true;
    subscribers.forEach(FeedSubscriber::stop);
  }
}
