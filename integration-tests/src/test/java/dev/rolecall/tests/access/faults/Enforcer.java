package dev.rolecall.tests.access.faults;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.grants.GrantFeed;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.testsupport.EchoService;
import dev.rolecall.testsupport.Termination;
import dev.rolecall.testsupport.TestCertificate;
import io.grpc.CallCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A guarded server that follows grants, with a client's connection to it. */
final class Enforcer implements AutoCloseable {

  private final int number;
  private final boolean losesFeed;
  private final ShiftedSts sts;
  private final CallGuard guard;
  private final Server server;
  private final ManagedChannel channel;

  /**
   * Starts one.
   *
   * @param losesFeed whether the run takes its feed away for a while
   * @param sts has the clock of the server and of its callers
   */
  Enforcer(
      int number, boolean losesFeed, ShiftedSts sts, TestCertificate certificate, GrantFeed feed)
      throws IOException {
    this.number = number;
    this.losesFeed = losesFeed;
    this.sts = sts;
    this.guard =
        CallGuard.builder(PolicySource.fixed(Staff.policy()))
            .accept(sts.verifier(Staff.ORDERS))
            .grants(feed.name(name(number)))
            .runtime(AccessRuntime.builder().clock(sts.clock()).build())
            .build();
    this.server =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), certificate.ofServer())
            .intercept(guard)
            .addService(new EchoService(Runnable::run, Bench::currentCaller))
            .build()
            .start();
    this.channel =
        NettyChannelBuilder.forAddress(
                "127.0.0.1", server.getPort(), TestCertificate.trusting(certificate))
            .directExecutor()
            .build();
  }

  /** The name that the service knows it by. */
  static String name(int number) {
    return "enforcer-" + number;
  }

  int number() {
    return number;
  }

  boolean losesFeed() {
    return losesFeed;
  }

  ManagedChannel channel() {
    return channel;
  }

  /** The proofs of a person for this server. */
  CallCredentials proofs(String person) {
    return sts.engineer(person);
  }

  @Override
  public void close() {
    channel.shutdownNow();
    Termination.of("a client of a guarded server", channel::awaitTermination);
    server.shutdownNow();
    Termination.of("a guarded server", server::awaitTermination);
    guard.close();
  }
}
