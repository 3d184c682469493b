package dev.rolecall.cli.demo;

import dev.rolecall.access.AuditRules;
import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.access.audit.AuditRecord;
import dev.rolecall.cli.scene.SceneFiles;
import dev.rolecall.cli.scene.SceneSts;
import dev.rolecall.cli.server.EchoServer;
import dev.rolecall.cli.server.ServerCertificate;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.EmulatedPrincipal;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.stsemulator.protocol.StsAction;
import io.grpc.ChannelCredentials;
import io.grpc.Server;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The server that the demo calls, with the policy's file and the emulator behind it. */
final class DemoServer implements AutoCloseable {

  private final SceneFiles files = new SceneFiles();
  private final StsEmulator sts = StsEmulator.start();
  private final OtherCallers others =
      new OtherCallers(sts, files, Clock.systemUTC(), new SecureRandom());
  private final DemoPolicy policy = new DemoPolicy(files);
  private final CallGuard guard;
  private final Server server;
  private final ServerCertificate certificate =
      ServerCertificate.forThisRun(Clock.systemUTC(), new SecureRandom());
  private final GuardTimer timer = new GuardTimer(System::nanoTime);
  private final LinkedBlockingQueue<AuditRecord> records = new LinkedBlockingQueue<>();

  private long stsCallsBefore;

  private DemoServer() throws IOException {
    guard =
        others
            .acceptedBy(
                CallGuard.builder(policy.inForce()).accept(SceneSts.verifier(sts, "orders")))
            .audit(AuditRules.ofDefaults().to(records::add).on(AuditCondition.BOTH))
            .build();
    server = EchoServer.start(0, others.askedBy(certificate), timer.before(), guard, timer.after());
  }

  static DemoServer start() throws IOException {
    return new DemoServer();
  }

  int port() {
    return server.getPort();
  }

  ChannelCredentials clientCredentials() {
    return certificate.clientCredentials();
  }

  /** TLS of a client that presents a certificate. */
  ChannelCredentials certifiedClientCredentials() throws IOException {
    return others.certified(certificate);
  }

  /** The callers without a proof. */
  OtherCallers others() {
    return others;
  }

  URI sts() {
    return sts.endpoint();
  }

  /** Makes a principal known to STS. */
  EmulatedCredentials add(String arn) {
    return sts.add(EmulatedPrincipal.of(arn));
  }

  /** How often the server has asked STS since {@link #countStsCallsFromNow}. */
  long stsCalls() {
    return sts.requests().of(StsAction.GET_CALLER_IDENTITY) - stsCallsBefore;
  }

  void countStsCallsFromNow() {
    stsCallsBefore = sts.requests().of(StsAction.GET_CALLER_IDENTITY);
  }

  /** Denies all calls of roles from now on. */
  void freeze() throws IOException {
    policy.freeze();
  }

  /** Allows again what was allowed before. */
  void thaw() throws IOException {
    policy.thaw();
  }

  /** What the server decided about the last call. */
  AuditRecord decision() throws InterruptedException {
    AuditRecord decided = records.poll(10, TimeUnit.SECONDS);
    if (decided == null) {
      throw new IllegalStateException("no call has been decided");
    }
    return decided;
  }

  /** What the check of the last call took. */
  Duration check() throws InterruptedException {
    return timer.next();
  }

  @Override
  public void close() throws IOException {
    server.shutdownNow();
    guard.close();
    policy.close();
    others.close();
    sts.close();
    files.close();
  }
}
