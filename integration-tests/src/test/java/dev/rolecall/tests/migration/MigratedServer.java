package dev.rolecall.tests.migration;

import dev.rolecall.access.AuditRules;
import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.access.audit.AuditLog;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.guard.CallGuardBuilder;
import dev.rolecall.policy.document.PolicyFile;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.testsupport.EchoService;
import dev.rolecall.testsupport.Termination;
import dev.rolecall.tls.AttestedTls;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** A server that admits callers of every kind, by connection or by call, and follows a policy. */
final class MigratedServer {

  private final PolicyFile policy;
  private final CallGuard guard;
  private final Server server;

  private MigratedServer(PolicyFile policy, CallGuard guard, Server server) {
    this.policy = policy;
    this.guard = guard;
    this.server = server;
  }

  static MigratedServer start(
      Bench bench,
      EmulatedCredentials role,
      int port,
      Path policyFile,
      Path audit,
      UnaryOperator<CallGuardBuilder> mode)
      throws IOException {
    PolicyFile policy = PolicyFile.follow(policyFile);
    CallGuard guard =
        mode.apply(
                CallGuard.builder(policy)
                    .accept(bench.verifier().acceptEksTokens())
                    .audit(
                        AuditRules.ofDefaults().to(AuditLog.toFile(audit)).on(AuditCondition.BOTH))
                    .runtime(bench.runtime().build()))
            .build();
    Server server =
        AttestedTls.server(Bench.AUDIENCE)
            .credentialsProvider(Bench.provider(role))
            .endpoint(bench.sts().endpoint(), Bench.REGION)
            .acceptCallProofsFromClientsWithoutCertificate()
            .newServerBuilder(
                credentials ->
                    NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), credentials),
                guard)
            .addService(new EchoService(Runnable::run, Bench::currentCaller))
            .build()
            .start();
    return new MigratedServer(policy, guard, server);
  }

  int port() {
    return server.getPort();
  }

  /** Takes up the policy's file, now. */
  void reload() {
    policy.reloadNow();
  }

  /** Answers the calls that are there, and ends. */
  void stop() throws Exception {
    server.shutdown();
    Termination.of("a server", server::awaitTermination);
    guard.close();
  }
}
