package dev.rolecall.benchmarks.flood;

import dev.rolecall.benchmarks.fleet.ChildCommands;
import dev.rolecall.benchmarks.fleet.EchoServer;
import dev.rolecall.benchmarks.fleet.Orders;
import dev.rolecall.benchmarks.fleet.ProcessUsage;
import dev.rolecall.benchmarks.fleet.RunCertificate;
import dev.rolecall.benchmarks.pace.Terminal;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.policy.PolicySource;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;

/**
 * The process of the servers: one behind a guard of all defaults, and one that lets a single
 * password in and refuses the rest at once, which is the least that a flood can cost.
 */
final class FloodedServers implements ChildCommands {

  /** {@code guarded URL}: starts the server whose STS is there, and answers with its port. */
  static final String GUARDED = "guarded";

  /** {@code refusing PASSWORD}: starts the other, and answers with its port. */
  static final String REFUSING = "refusing";

  /** Answers with what the process has used so far. */
  static final String USAGE = "usage";

  /** Answers with how long compilers have been at work so far, in milliseconds. */
  static final String COMPILING = "compiling";

  private final RunCertificate certificate;

  private FloodedServers(RunCertificate certificate) {
    this.certificate = certificate;
  }

  public static void main(String[] certificate) throws Exception {
    Terminal.showWarningsOnly();
    new FloodedServers(RunCertificate.read(Path.of(certificate[0]))).serve();
    // Netty's threads are no daemons, and the servers are of no use to anybody now.
    System.exit(0);
  }

  @Override
  public String answer(String command) throws Exception {
    String[] words = command.split(" ", 2);
    return switch (words[0]) {
      case GUARDED -> Integer.toString(guarded(URI.create(words[1])).port());
      case REFUSING -> Integer.toString(refusing(words[1]).port());
      case USAGE -> ProcessUsage.now().text();
      case COMPILING ->
          Long.toString(ManagementFactory.getCompilationMXBean().getTotalCompilationTime());
      default -> throw new IllegalArgumentException("command: " + words[0]);
    };
  }

  private EchoServer guarded(URI sts) throws Exception {
    CallGuard guard =
        CallGuard.builder(PolicySource.fixed(Orders.policy())).accept(Orders.verifier(sts)).build();
    return EchoServer.start(certificate.ofServer(), guard);
  }

  private EchoServer refusing(String password) throws Exception {
    return EchoServer.start(certificate.ofServer(), new Password(password));
  }
}
