package dev.rolecall.benchmarks.lockout;

import static java.util.Objects.requireNonNull;

import dev.rolecall.benchmarks.fleet.ChildCommands;
import dev.rolecall.benchmarks.fleet.EchoServer;
import dev.rolecall.benchmarks.fleet.Orders;
import dev.rolecall.benchmarks.fleet.RunCertificate;
import dev.rolecall.benchmarks.pace.Terminal;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.identity.Partition;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.verifier.StsVerifier;
import java.net.URI;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The process of the server: one at a time, behind a guard of all defaults. */
final class LockoutServer implements ChildCommands {

  /** Held strongly: the JDK would forget its level. It warns of each endpoint that is dead. */
  private static final Logger STS = Logger.getLogger("rolecall.sts");

  private final RunCertificate certificate;
  private @Nullable EchoServer running;

  private LockoutServer(RunCertificate certificate) {
    this.certificate = requireNonNull(certificate, "certificate");
  }

  public static void main(String[] certificate) throws Exception {
    Terminal.showWarningsOnly();
    STS.setLevel(Level.OFF);
    new LockoutServer(RunCertificate.read(Path.of(certificate[0]))).serve();
    System.exit(0);
  }

  /**
   * {@code URL ...}: starts a server that accepts those STS endpoints, in place of the last one,
   * and answers with its port.
   */
  @Override
  public String answer(String command) throws Exception {
    EchoServer last = running;
    if (last != null) {
      last.close();
    }
    String[] endpoints = command.split(" ", -1);
    StsVerifier options = Orders.verifier(URI.create(endpoints[0]));
    for (int i = 1; i < endpoints.length; i++) {
      options.acceptCustomEndpoint(URI.create(endpoints[i]), Orders.REGION.id(), Partition.AWS);
    }
    CallGuard guard =
        CallGuard.builder(PolicySource.fixed(Orders.policy())).accept(options).build();
    EchoServer fresh = EchoServer.start(certificate.ofServer(), guard).closing(guard::close);
    running = fresh;
    return Integer.toString(fresh.port());
  }
}
