package dev.rolecall.tests.soak;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.rolecall.access.AuditRules;
import dev.rolecall.access.StreamLifetime;
import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.access.audit.AuditLog;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.identity.Partition;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.testsupport.EchoService;
import dev.rolecall.testsupport.Termination;
import dev.rolecall.verifier.StsVerifier;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executor;

/** A guarded server with production settings. It closes each connection after a while. */
final class SoakServer implements AutoCloseable {

  private static final Duration CONNECTION_AGE = Duration.ofSeconds(4);
  private static final Duration CONNECTION_GRACE = Duration.ofSeconds(15);
  private static final Duration LOOK_UP_TIMEOUT = Duration.ofSeconds(2);

  private final CallGuard guard;
  private final Server server;

  /**
   * The parts of a server.
   *
   * @param credentials its certificate
   * @param sts whom it asks
   * @param policies its policy
   * @param clock its clock
   * @param audits where its records go
   * @param handled stands before its handlers
   * @param executor runs them. It outlives the server: gRPC may call a server terminated a moment
   *     before it tells handlers of their last calls' end
   */
  record Parts(
      ServerCredentials credentials,
      StsEmulator sts,
      PolicySource policies,
      Clock clock,
      AuditLog audits,
      ServerInterceptor handled,
      Executor executor) {}

  SoakServer(Parts parts) {
    this.guard =
        CallGuard.builder(parts.policies().shared())
            .accept(
                StsVerifier.forAudience(Bench.AUDIENCE)
                    .acceptPartitions(Set.of())
                    .acceptCustomEndpoint(parts.sts().endpoint(), Bench.REGION.id(), Partition.AWS)
                    .lookUpTimeout(LOOK_UP_TIMEOUT))
            .runtime(
                AccessRuntime.builder()
                    .clock(parts.clock())
                    .applicationExecutor(parts.executor())
                    .build())
            .watchPeriod(Duration.ofMillis(50))
            .streamLifetime(StreamLifetime.proofAnd(Duration.ZERO))
            .audit(AuditRules.ofDefaults().to(parts.audits()).on(AuditCondition.BOTH))
            .build();
    this.server =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), parts.credentials())
            .executor(parts.executor())
            .maxConnectionAge(CONNECTION_AGE.toMillis(), MILLISECONDS)
            .maxConnectionAgeGrace(CONNECTION_GRACE.toMillis(), MILLISECONDS)
            .addService(new EchoService(parts.executor(), Bench::currentCaller))
            .intercept(parts.handled())
            .intercept(guard)
            .build();
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return server.getPort();
  }

  /** Ends it, and every call. */
  @Override
  public void close() {
    server.shutdownNow();
    Termination.of("a server", server::awaitTermination);
    guard.close();
  }
}
