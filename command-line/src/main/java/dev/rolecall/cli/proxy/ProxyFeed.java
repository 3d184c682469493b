package dev.rolecall.cli.proxy;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.cli.arguments.ServerAddress;
import dev.rolecall.cli.front.ConsoleFeedListenOptions;
import dev.rolecall.cli.front.ServedFeed;
import dev.rolecall.cli.server.BoundServer;
import dev.rolecall.cli.server.RunUntilStopped;
import dev.rolecall.guard.CallGuard;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.opentelemetry.api.OpenTelemetry;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The decisions of one audience of a proxy, served to the console at an address of their own. The
 * audience's policy says who may read them. It outlives the audience's door, which a changed
 * configuration replaces.
 */
public final class ProxyFeed implements AutoCloseable {

  private final ConsoleFeedListenOptions options;
  private final AccessRuntime runtime;
  private final ServedFeed feed;
  private volatile @Nullable CallGuard guard;
  private @Nullable Server server;

  private ProxyFeed(ConsoleFeedListenOptions options, AccessRuntime runtime, ServedFeed feed) {
    this.options = options;
    this.runtime = runtime;
    this.feed = feed;
  }

  /** The feed of those options, which may be none. It listens once it is started. */
  public static ProxyFeed of(ConsoleFeedListenOptions options, OpenTelemetry telemetry) {
    AccessRuntime runtime = AccessRuntime.builder().openTelemetry(telemetry).build();
    return new ProxyFeed(
        options, runtime, options.isOn() ? ServedFeed.opened(runtime) : ServedFeed.none());
  }

  /** Whether there is one. */
  public boolean isOn() {
    return options.isOn();
  }

  /** The feed itself, which the audience's control feeds. */
  public ServedFeed served() {
    return feed;
  }

  /** Has that guard admit its readers from now on. */
  public void guardedBy(CallGuard guard) {
    this.guard = requireNonNull(guard, "guard");
  }

  /**
   * Reads what the options name, and listens nowhere.
   *
   * @throws dev.rolecall.cli.failure.CommandFailure if something does not do
   */
  public void check() {
    if (options.address().isPresent()) {
      var unused = options.credentials();
    }
  }

  /**
   * Begins to listen, if there is a feed.
   *
   * @throws dev.rolecall.cli.failure.CommandFailure if it cannot
   */
  public void start() {
    options.address().ifPresent(address -> server = started(address));
  }

  private Server started(InetSocketAddress address) {
    return BoundServer.start(
        address,
        () -> {
          NettyServerBuilder builder =
              NettyServerBuilder.forAddress(address, options.credentials())
                  .intercept(new ByTheGuardOfNow());
          feed.addTo(builder);
          return builder;
        });
  }

  /** Each call is for the guard that there is when it comes. */
  private final class ByTheGuardOfNow implements ServerInterceptor {
    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
      return requireNonNull(guard, "guard").interceptCall(call, headers, next);
    }
  }

  /** Lines for the person who starts the proxy. */
  public List<String> notes() {
    return Optional.ofNullable(server).stream()
        .map(
            running ->
                "console feed on "
                    + ServerAddress.text(
                        options.address().orElseThrow().getAddress(), running.getPort()))
        .toList();
  }

  /** Ends the streams, and then the server. */
  @Override
  public void close() {
    feed.end();
    if (server != null) {
      RunUntilStopped.stop(server);
    }
    runtime.close();
  }
}
