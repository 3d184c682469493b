package dev.rolecall.proxy.relay;

import static java.util.Objects.requireNonNull;

import io.grpc.Channel;
import io.grpc.HandlerRegistry;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerMethodDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.unix.UnixChannelOption;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One event loop of a relay with all that it needs: a listening socket, a connection to each
 * address of each upstream, and the calls between. A call stays on the thread that it came in on,
 * which is where the relay's speed comes from.
 *
 * <p>Where sockets cannot share a port there is one lane with several loops, and a call may cross
 * from one to another.
 */
final class Lane {

  private static final long END_SECONDS = 5;
  private static final long LAST_CALLS_SECONDS = 60;

  private final RelayOptions options;
  private final Sockets sockets;
  private final EventLoopGroup loops;
  private final Map<Upstream, ManagedChannel> channels = new ConcurrentHashMap<>();
  private final Set<RelayedCall> live = ConcurrentHashMap.newKeySet();
  private final OpenCalls open = new OpenCalls();
  private final CurrentRegistry methods;
  private final Server server;

  /** A lane that is not started, for that address. */
  Lane(RelayOptions options, EventLoops shared, InetSocketAddress address) {
    this.options = requireNonNull(options, "options");
    this.sockets = shared.sockets();
    this.loops = sockets.loops(shared.ofLane());
    this.methods = new CurrentRegistry(registry(options.routes()));
    this.server = server(address);
  }

  private Server server(InetSocketAddress address) {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(address, options.credentials())
            .bossEventLoopGroup(loops)
            .workerEventLoopGroup(loops)
            .channelType(sockets.listening())
            .directExecutor()
            .compressorRegistry(Encodings.untouchedOnWriting())
            .decompressorRegistry(Encodings.untouchedOnReading())
            .maxInboundMessageSize(options.limits().messageBytes())
            .maxInboundMetadataSize(options.limits().metadataBytes())
            .addStreamTracerFactory(options.metrics().traces(open))
            .fallbackHandlerRegistry(methods);
    if (sockets.sharePort()) {
      builder.withOption(UnixChannelOption.SO_REUSEPORT, true);
    }
    options
        .limits()
        .connectionAge()
        .ifPresent(age -> builder.maxConnectionAge(age.toMillis(), TimeUnit.MILLISECONDS));
    options.health().ifPresent(builder::addService);
    options.filters().forEach(builder::addTransportFilter);
    return builder.build();
  }

  private RelayedRegistry registry(RouteTable routes) {
    return new RelayedRegistry(
        routes, route -> new RelayHandler(route, channelTo(route.upstream()), live));
  }

  /** Calls that come from now on go by those routes; those that are open go on. */
  void replaceRoutes(RouteTable routes) {
    methods.replace(registry(routes));
    Set<Upstream> used = routes.upstreams();
    Set.copyOf(channels.keySet()).stream()
        .filter(each -> !used.contains(each))
        .map(channels::remove)
        .forEach(this::shutDownLater);
  }

  /** Not at once: a call by the routes before may wait for its verdict still. */
  private void shutDownLater(ManagedChannel channel) {
    var unused = loops.schedule(channel::shutdown, LAST_CALLS_SECONDS, TimeUnit.SECONDS);
  }

  private Channel channelTo(Upstream upstream) {
    return channels.computeIfAbsent(upstream, this::newChannel);
  }

  private ManagedChannel newChannel(Upstream upstream) {
    NettyChannelBuilder builder =
        NettyChannelBuilder.forTarget(upstream.target(), upstream.credentials())
            .eventLoopGroup(loops)
            .channelType(sockets.connected())
            .directExecutor()
            .disableRetry()
            .disableServiceConfigLookUp()
            .defaultLoadBalancingPolicy("round_robin")
            .compressorRegistry(Encodings.untouchedOnWriting())
            .decompressorRegistry(Encodings.untouchedOnReading())
            .maxInboundMessageSize(options.limits().messageBytes())
            .maxInboundMetadataSize(options.limits().metadataBytes());
    upstream.authority().ifPresent(builder::overrideAuthority);
    return builder.build();
  }

  /** Begins to listen. */
  void start() throws IOException {
    server.start();
  }

  int port() {
    return server.getPort();
  }

  int openCalls() {
    return open.count();
  }

  /** Takes no more calls; those that are open go on. */
  void stopListening() {
    server.shutdown();
  }

  /** Waits until no call is open, at most until that time of the ticker. */
  boolean awaitCalls(LongSupplier ticker, long until) throws InterruptedException {
    return open.awaitNone(ticker, until);
  }

  /** Ends the calls that are still open, on the loop that works for them. */
  void endCalls() {
    loops.execute(() -> Set.copyOf(live).forEach(call -> call.end(OwnStatus.DRAINED)));
  }

  /** Ends everything. */
  void close() {
    server.shutdownNow();
    channels.values().forEach(ManagedChannel::shutdownNow);
    var unused = loops.shutdownGracefully(0, END_SECONDS, TimeUnit.SECONDS);
  }

  /** Waits for the thread, once it was closed. */
  void awaitEnd() throws InterruptedException {
    var unused = loops.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
  }

  /** The methods by the routes in force, which may be replaced. */
  private static final class CurrentRegistry extends HandlerRegistry {

    private volatile RelayedRegistry current;

    CurrentRegistry(RelayedRegistry first) {
      this.current = first;
    }

    /** Calls that come from now on go by that one. */
    void replace(RelayedRegistry next) {
      current = next;
    }

    @Override
    public ServerMethodDefinition<?, ?> lookupMethod(String fullName, @Nullable String authority) {
      return current.lookupMethod(fullName, authority);
    }
  }
}
