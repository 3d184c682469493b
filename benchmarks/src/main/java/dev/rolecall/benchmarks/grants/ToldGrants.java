package dev.rolecall.benchmarks.grants;

import static java.util.Objects.requireNonNull;

import dev.rolecall.benchmarks.pace.Pause;
import dev.rolecall.grants.v1.FeedMessage;
import dev.rolecall.grants.v1.GrantFeedGrpc;
import dev.rolecall.grants.v1.GrantState;
import dev.rolecall.grants.v1.Holder;
import dev.rolecall.grants.v1.WatchMessage;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A feed without a service: it tells the grants that it is asked to tell, to one subscriber, as a
 * node would. Safe for use by many threads.
 */
final class ToldGrants extends GrantFeedGrpc.GrantFeedImplBase implements AutoCloseable {

  private static final int MOST_IN_MESSAGE = 1_000;
  private static final long LENGTH_MILLIS = Duration.ofHours(4).toMillis();
  private static final Duration POLL = Duration.ofMillis(20);
  private static final int MOST_POLLS = 1_500;

  private final Clock clock;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private @Nullable Server server;

  // Guarded by this object.
  private @Nullable StreamObserver<FeedMessage> subscriber;
  private long revision;

  private ToldGrants(Clock clock) {
    this.clock = requireNonNull(clock, "clock");
  }

  /** Starts one on a port of its own. */
  static ToldGrants start(Clock clock) throws IOException {
    ToldGrants feed = new ToldGrants(clock);
    feed.server =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                InsecureServerCredentials.create())
            .addService(feed)
            .build()
            .start();
    var unused = feed.timer.scheduleAtFixedRate(feed::beat, 1, 1, TimeUnit.SECONDS);
    return feed;
  }

  /** A new channel to it. */
  ManagedChannel channel() {
    return Grpc.newChannelBuilder(
            "127.0.0.1:" + requireNonNull(server, "server").getPort(),
            InsecureChannelCredentials.create())
        .build();
  }

  /** The name of the person who holds that grant. */
  static String user(int number) {
    return String.format(Locale.ROOT, "person%06d@example.com", number);
  }

  @Override
  public StreamObserver<WatchMessage> watch(StreamObserver<FeedMessage> responses) {
    synchronized (this) {
      subscriber = responses;
      responses.onNext(message().setReset(revision == 0).build());
    }
    return new StreamObserver<>() {
      @Override
      public void onNext(WatchMessage message) {}

      @Override
      public void onError(Throwable thrown) {
        leave(responses);
      }

      @Override
      public void onCompleted() {
        leave(responses);
      }
    };
  }

  private synchronized void leave(StreamObserver<FeedMessage> gone) {
    if (subscriber == gone) {
      subscriber = null;
    }
  }

  private synchronized void beat() {
    StreamObserver<FeedMessage> told = subscriber;
    if (told != null) {
      told.onNext(message().build());
    }
  }

  private FeedMessage.Builder message() {
    return FeedMessage.newBuilder()
        .setEpoch("epoch-1")
        .setRevision(revision)
        .setServerTimeMs(clock.millis());
  }

  /** Tells of the grants of those numbers, once there is a subscriber. */
  void tell(int from, int to) {
    for (int polls = 0; !isFollowed(); polls++) {
      if (polls == MOST_POLLS) {
        throw new IllegalStateException("feed: without a subscriber");
      }
      Pause.of(POLL);
    }
    for (int next = from; next < to; next += MOST_IN_MESSAGE) {
      say(next, Math.min(to, next + MOST_IN_MESSAGE));
    }
  }

  private synchronized boolean isFollowed() {
    return subscriber != null;
  }

  private synchronized void say(int from, int to) {
    long now = clock.millis();
    FeedMessage.Builder message = message();
    for (int i = from; i < to; i++) {
      revision++;
      message.addGrants(
          GrantState.newBuilder()
              .setId(String.format(Locale.ROOT, "grant-%016d", i))
              .setRevision(revision)
              .setVersion(1)
              .setPermission(Corp.PERMISSION)
              .setHolder(
                  Holder.newBuilder()
                      .setPrincipal("sso:111122223333:Engineer")
                      .setRoleId(Corp.ENGINEER.roleId())
                      .setSessionName(user(i)))
              .setStartsAtMs(now)
              .setEndsAtMs(now + LENGTH_MILLIS));
    }
    requireNonNull(subscriber, "subscriber").onNext(message.setRevision(revision).build());
  }

  @Override
  public void close() {
    timer.shutdownNow();
    requireNonNull(server, "server").shutdownNow();
  }
}
