package dev.rolecall.benchmarks.flood;

import dev.rolecall.access.lookup.LookupLimits;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.benchmarks.fleet.ChildCommands;
import dev.rolecall.benchmarks.fleet.Echo;
import dev.rolecall.benchmarks.fleet.EchoServer;
import dev.rolecall.benchmarks.fleet.Orders;
import dev.rolecall.benchmarks.fleet.RunCertificate;
import dev.rolecall.benchmarks.pace.Terminal;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.tokens.TokenIssuer;
import dev.rolecall.tokens.TokenVerifier;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The process of the servers that take tokens of ES256, behind a guard of all other defaults. */
final class TokenServer implements ChildCommands {

  /**
   * {@code start URL MILLIS IN_VAIN}: a server by that key set and budget, with so many look-ups in
   * vain a second; answers with its port.
   */
  static final String START = "start";

  /** Answers with the CPU time that look-ups, signature checks among them, took so far. */
  static final String CHECKING = "checking";

  private static final AccessPolicy POLICY =
      AccessPolicy.builder("orders")
          .allow("everything", List.of(PrincipalPattern.parse("oidc:idp:*")), Echo.ALL)
          .build();

  private final RunCertificate certificate;
  private final MeteredThreads lookUps = new MeteredThreads();

  private TokenServer(RunCertificate certificate) {
    this.certificate = certificate;
  }

  public static void main(String[] certificate) throws Exception {
    Terminal.showWarningsOnly();
    new TokenServer(RunCertificate.read(Path.of(certificate[0]))).serve();
    System.exit(0);
  }

  @Override
  public String answer(String command) throws Exception {
    String[] words = command.split(" ", -1);
    return switch (words[0]) {
      case START ->
          Integer.toString(
              start(
                      URI.create(words[1]),
                      Duration.ofMillis(Long.parseLong(words[2])),
                      Integer.parseInt(words[3]))
                  .port());
      case CHECKING -> Long.toString(lookUps.cpuNanos());
      default -> throw new IllegalArgumentException("command: " + words[0]);
    };
  }

  private EchoServer start(URI keySet, Duration signatureTime, int inVain) throws Exception {
    TokenVerifier tokens =
        TokenVerifier.forAudience(Orders.AUDIENCE.name())
            .accept(
                TokenIssuer.of("idp", Issuer.NAME)
                    .algorithms(List.of(Algorithm.ES256))
                    .keySetUrl(keySet)
                    .allowPlainHttpOnLoopback())
            .signatureTime(signatureTime);
    CallGuard guard =
        CallGuard.builder(PolicySource.fixed(POLICY))
            .accept(tokens)
            .lookupLimits(limits(inVain))
            .runtime(AccessRuntime.builder().lookUpExecutor(lookUps).build())
            .build();
    return EchoServer.start(certificate.ofServer(), guard);
  }

  /** The defaults, or a limit that one peer may reach alone. */
  private static LookupLimits limits(int inVain) {
    LookupLimits usual = LookupLimits.ofDefaults();
    return inVain == usual.inVain().total() ? usual : usual.withInVainPerSecond(inVain, inVain);
  }
}
