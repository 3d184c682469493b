package dev.rolecall.grants.internal.feed;

import dev.rolecall.grants.internal.known.News;
import dev.rolecall.grants.internal.known.Position;
import dev.rolecall.grants.v1.Ack;
import dev.rolecall.grants.v1.FeedMessage;
import dev.rolecall.grants.v1.GrantFeedGrpc;
import dev.rolecall.grants.v1.Subscribe;
import dev.rolecall.grants.v1.WatchMessage;
import io.grpc.CallCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One subscription: a call of {@code Watch}. It hands over what comes, in order, with itself, so
 * that its follower can tell it from a later one. Guarded by its follower's lock, but for the
 * messages.
 */
final class FeedStream implements ClientResponseObserver<WatchMessage, FeedMessage> {

  /** 10,000 entries with their resources. */
  private static final int MOST_BYTES = 16 * 1_024 * 1_024;

  private final FeedClient follower;
  private final Set<String> permissions;
  private final Position from;
  private final long askedAt;

  private long heardAt;
  private boolean first = true;
  private boolean filling;
  private @Nullable ClientCallStreamObserver<WatchMessage> requests;

  /**
   * A subscription that has not begun.
   *
   * @param from what is known; {@link Position#NONE} to begin with all there is
   * @param ticks now
   */
  FeedStream(FeedClient follower, Set<String> permissions, Position from, long ticks) {
    this.follower = follower;
    this.permissions = Set.copyOf(permissions);
    this.from = from;
    this.askedAt = ticks;
    this.heardAt = ticks;
  }

  /** Begins it. */
  void begin(ManagedChannel channel, Optional<CallCredentials> credentials, String name) {
    GrantFeedGrpc.GrantFeedStub stub =
        GrantFeedGrpc.newStub(channel).withMaxInboundMessageSize(MOST_BYTES);
    var unused = credentials.map(stub::withCallCredentials).orElse(stub).watch(this);
    send(
        WatchMessage.newBuilder()
            .setSubscribe(
                Subscribe.newBuilder()
                    .setNode(name)
                    .addAllPermissions(permissions)
                    .setEpoch(from.epoch())
                    .setAfterRevision(from.revision()))
            .build());
  }

  private void send(WatchMessage message) {
    if (requests != null) {
      requests.onNext(message);
    }
  }

  /**
   * Acknowledges a revision; false if the stream has no room for it now, or has not brought all
   * yet: what is known is of an earlier one, and may be of another history.
   */
  boolean acknowledge(long revision, long ended) {
    if (first || filling || requests == null || !requests.isReady()) {
      return false;
    }
    send(
        WatchMessage.newBuilder()
            .setAck(Ack.newBuilder().setRevision(revision).setStreamsEnded(ended))
            .build());
    return true;
  }

  /** Ends it. */
  void cancel(String why) {
    if (requests != null) {
      requests.cancel(why, null);
    }
  }

  /** The permissions that it has news of. */
  Set<String> permissions() {
    return permissions;
  }

  /** Whether it began with nothing known, so that its first message brings all there is. */
  boolean isFromScratch() {
    return from.equals(Position.NONE);
  }

  /** Whether no message has come. */
  boolean isFirst() {
    return first;
  }

  /** When it was asked for; empty once a message has come. */
  OptionalLong askedAt() {
    return first ? OptionalLong.of(askedAt) : OptionalLong.empty();
  }

  /** When the last message came, or it began. */
  long heardAt() {
    return heardAt;
  }

  /** Whether all that is known is being replaced, and not complete. */
  boolean isFilling() {
    return filling;
  }

  /** A good message came. */
  void heard(long ticks, News news) {
    first = false;
    filling = (filling || news.reset()) && news.more();
    heardAt = ticks;
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<WatchMessage> stream) {
    requests = stream;
  }

  @Override
  public void onNext(FeedMessage message) {
    follower.heard(this, message);
  }

  @Override
  public void onError(Throwable thrown) {
    follower.ended(this, Status.fromThrowable(thrown));
  }

  @Override
  public void onCompleted() {
    follower.ended(this, Status.UNAVAILABLE.withDescription("the service ended the stream"));
  }
}
