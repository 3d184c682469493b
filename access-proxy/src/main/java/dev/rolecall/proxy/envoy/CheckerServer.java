package dev.rolecall.proxy.envoy;

import dev.rolecall.proxy.envoy.v3.AuthorizationGrpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.unix.DomainSocketAddress;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The server of checks and of health. */
final class CheckerServer {

  /**
   * More than the headers that an Envoy can be set to take, in both forms: a Check that is too long
   * for us would fail, and obey {@code failure_mode_allow}.
   */
  private static final int LONGEST_CHECK = 32 * 1_024 * 1_024;

  private static final int LONGEST_METADATA = 64 * 1_024;
  private static final Duration SHORTEST_KEEP_ALIVE = Duration.ofSeconds(5);

  private final CheckerAddress address;
  private final EventLoops loops;
  private final Server server;
  private final HealthStatusManager health;

  private CheckerServer(
      CheckerAddress address, EventLoops loops, Server server, HealthStatusManager health) {
    this.address = address;
    this.loops = loops;
    this.server = server;
    this.health = health;
  }

  /** Listens, and says that it does not serve yet. */
  static CheckerServer start(CheckerAddress address, EventLoops loops, Checks checks)
      throws IOException {
    HealthStatusManager health = new HealthStatusManager();
    NettyServerBuilder builder =
        listeningOn(address, loops)
            .bossEventLoopGroup(loops.group())
            .workerEventLoopGroup(loops.group())
            .directExecutor()
            .maxInboundMessageSize(LONGEST_CHECK)
            .maxInboundMetadataSize(LONGEST_METADATA)
            .permitKeepAliveTime(SHORTEST_KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .addService(CheckMethod.serving(checks))
            .addService(health.getHealthService());
    CheckerServer server = new CheckerServer(address, loops, builder.build(), health);
    server.say(ServingStatus.NOT_SERVING);
    if (address instanceof UnixAddress unix) {
      unix.file().makeRoom();
    }
    server.server.start();
    try {
      if (address instanceof UnixAddress unix) {
        unix.file().protect();
      }
    } catch (IOException e) {
      server.server.shutdownNow();
      throw e;
    }
    return server;
  }

  private static NettyServerBuilder listeningOn(CheckerAddress address, EventLoops loops) {
    if (address instanceof TcpAddress tcp) {
      return NettyServerBuilder.forAddress(tcp.address(), tcp.credentials())
          .channelType(loops.serverChannel(false));
    }
    return NettyServerBuilder.forAddress(
            socket((UnixAddress) address), InsecureServerCredentials.create())
        .channelType(loops.serverChannel(true));
  }

  private static DomainSocketAddress socket(UnixAddress unix) {
    return new DomainSocketAddress(unix.file().path().toFile());
  }

  /** The port; -1 for a Unix socket. */
  int port() {
    return server.getPort();
  }

  /** A channel to it; empty if it needs TLS. The caller shuts it down. */
  Optional<ManagedChannel> channel() {
    if (address instanceof UnixAddress unix) {
      return Optional.of(channel(socket(unix), true));
    }
    TcpAddress tcp = (TcpAddress) address;
    return tcp.plaintext()
        ? Optional.of(channel(server.getListenSockets().get(0), false))
        : Optional.empty();
  }

  private ManagedChannel channel(SocketAddress to, boolean unix) {
    return NettyChannelBuilder.forAddress(to)
        .channelType(loops.clientChannel(unix))
        .eventLoopGroup(loops.group())
        .usePlaintext()
        .directExecutor()
        // The name of a socket's file is no authority of HTTP.
        .overrideAuthority("localhost")
        .build();
  }

  void serving() {
    say(ServingStatus.SERVING);
  }

  /** Says for good that it does not serve. Envoy sends its Checks elsewhere once it hears it. */
  void notServing() {
    health.enterTerminalState();
  }

  private void say(ServingStatus status) {
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
    health.setStatus(AuthorizationGrpc.SERVICE_NAME, status);
  }

  /**
   * Waits for the end of the server, in a pause that nothing shortens as a rule.
   *
   * @return whether it has ended
   */
  boolean awaitEnd(Duration limit) throws InterruptedException {
    return server.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Takes no more Checks, and answers those under way. */
  void shutdown() {
    server.shutdown();
  }

  /**
   * Ends what is under way. The socket's file is gone since it takes no more Checks: another
   * process may have put its own there.
   */
  void end() {
    server.shutdownNow();
  }

  @Override
  public String toString() {
    if (address instanceof UnixAddress unix) {
      return unix.file().toString();
    }
    String host = ((TcpAddress) address).address().getAddress().getHostAddress();
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port();
  }
}
