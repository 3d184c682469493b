package dev.rolecall.benchmarks.scale;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.lookup.CacheBounds;
import dev.rolecall.access.lookup.CallerLookup;
import dev.rolecall.access.lookup.LookupLimits;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.benchmarks.fleet.CallerKeys;
import dev.rolecall.benchmarks.fleet.Echo;
import dev.rolecall.benchmarks.fleet.EchoServer;
import dev.rolecall.benchmarks.fleet.Orders;
import dev.rolecall.benchmarks.fleet.RunCertificate;
import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.stsemulator.Fault;
import dev.rolecall.stsemulator.StsEmulator;
import io.grpc.ManagedChannel;
import io.grpc.ServerInterceptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * An emulated STS, servers that ask it and callers with a role each, all in this process and by one
 * clock; all closed together. For one thread.
 */
final class ScaleBench implements AutoCloseable {

  /** About what STS takes within its Region. */
  static final Duration STS_DELAY = Duration.ofMillis(20);

  private static final String ROLES = "arn:aws:iam::111122223333:role/caller-";
  private static final int MOST_SECONDS_TO_END = 10;

  private final RunCertificate certificate;
  private final MovedClock clock = new MovedClock(Clock.systemUTC());
  private final Deque<Runnable> open = new ArrayDeque<>();
  private final StsEmulator sts =
      closing(StsEmulator.builder().clock(clock).start(), StsEmulator::close);

  ScaleBench(RunCertificate certificate) {
    this.certificate = requireNonNull(certificate, "certificate");
  }

  /** Who answers at once, until {@link #delaySts}. */
  StsEmulator sts() {
    return sts;
  }

  /** Has STS answer as late from now on as the real one may. */
  void delaySts() {
    sts.fail(Fault.delayed(STS_DELAY));
  }

  /** The clock of all. */
  MovedClock clock() {
    return clock;
  }

  /** Keys of a role that {@link #policy} lets call everything, and that nobody else has. */
  CallerKeys role(String name) {
    return CallerKeys.of(sts.addRole(ROLES + name));
  }

  /** Call credentials that sign with those keys. */
  IamCallCredentials signing(CallerKeys keys) {
    return closing(
        Orders.credentials(sts.endpoint(), keys).clock(clock).build(), IamCallCredentials::close);
  }

  /** Lets the roles of {@link #role} call everything. */
  static AccessPolicy policy() {
    return AccessPolicy.builder("scale")
        .allow("callers", List.of(RolePattern.parse(ROLES + "*")), Echo.ALL)
        .build();
  }

  /** The pattern that all roles of {@link #role} match. */
  static String everyRole() {
    return ROLES + "*";
  }

  /**
   * A look-up that asks the emulator, and remembers so many callers. It is closed with the bench.
   */
  CallerLookup callers(CacheBounds remembered) {
    AccessRuntime runtime = closing(runtime(), AccessRuntime::close);
    return closing(
        CallerLookup.of(
            List.of(Orders.verifier(sts.endpoint())),
            LookupLimits.ofDefaults(),
            remembered,
            runtime),
        CallerLookup::close);
  }

  private AccessRuntime runtime() {
    return AccessRuntime.builder().clock(clock).build();
  }

  /** A server with all defaults. */
  EchoServer guarded() {
    return guarded(PolicySource.fixed(policy()), new ClosedCalls());
  }

  /** A server that decides by that policy, and closes it. */
  EchoServer guarded(PolicySource policies, ClosedCalls closed) {
    CallGuard guard =
        CallGuard.builder(policies)
            .accept(Orders.verifier(sts.endpoint()))
            .runtime(runtime())
            .build();
    return server(guard, closed).closing(guard::close);
  }

  /** A server behind those interceptors, the last of which runs first. */
  EchoServer server(ServerInterceptor... interceptors) {
    try {
      return closing(EchoServer.start(certificate.ofServer(), interceptors), EchoServer::close);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that was just made", e);
    }
  }

  /** A channel to be, to a server of this bench. Hand it to {@link #connecting}. */
  NettyChannelBuilder channelTo(EchoServer server) {
    try {
      return NettyChannelBuilder.forAddress("127.0.0.1", server.port(), certificate.ofClient());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that was just made", e);
    }
  }

  /** That channel, which is closed with the bench. It connects with its first call. */
  ManagedChannel connecting(NettyChannelBuilder channel) {
    return closing(channel.build(), ScaleBench::end);
  }

  /** Ends a channel and its calls. */
  static void end(ManagedChannel channel) {
    try {
      if (!channel.shutdownNow().awaitTermination(MOST_SECONDS_TO_END, TimeUnit.SECONDS)) {
        throw new IllegalStateException("a channel did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Closes it so, before all that was opened earlier. */
  <T> T closing(T resource, Consumer<T> close) {
    open.push(() -> close.accept(resource));
    return resource;
  }

  @Override
  public void close() {
    open.forEach(Runnable::run);
  }
}
