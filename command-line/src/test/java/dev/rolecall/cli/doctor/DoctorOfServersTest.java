package dev.rolecall.cli.doctor;

import static dev.rolecall.cli.doctor.Diagnosis.assertWrong;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.cli.CommandRun;
import dev.rolecall.cli.server.EchoServer;
import dev.rolecall.cli.server.ServerCertificate;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.identity.Partition;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.document.PolicyDocument;
import dev.rolecall.testsupport.ClosedPort;
import dev.rolecall.verifier.StsVerifier;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests of {@code doctor} on a server; each fault is a real one, of a real server. */
@Timeout(600)
final class DoctorOfServersTest {

  private static final String ECHO = "rolecall.demo.v1.Echo/WhoAmI";
  private static final String POLICY =
      """
      name: orders
      allow_rules:
        - name: checkout asks how it is
          source: {principals: ["arn:aws:iam::111122223333:role/checkout"]}
          request: {paths: ["/grpc.health.v1.Health/Check"]}
      """;
  private static final ServerCertificate CERTIFICATE =
      ServerCertificate.forThisRun(Clock.systemUTC(), new SecureRandom());

  @TempDir Path directory;
  private final List<AutoCloseable> opened = new ArrayList<>();
  private DoctorShell shell;
  private String trusted;
  private PolicySource policy;

  @BeforeEach
  void open() throws IOException {
    shell = new DoctorShell(directory);
    opened.add(shell);
    trusted =
        Files.writeString(directory.resolve("orders.pem"), CERTIFICATE.certificatePem()).toString();
    Path file = Files.writeString(directory.resolve("orders.yaml"), POLICY);
    policy = PolicySource.fixed(PolicyDocument.load(file));
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  @Test
  void everythingInOrder_isSaidLineByLine_andStatusZero() throws IOException {
    CommandRun run =
        shell.doctor("--server", guarded(), "--audience", "orders", "--trust-cert", trusted);

    assertThat(run.outUnbroken().lines().map(line -> line.substring(0, 21).strip()))
        .containsExactly(
            "OK       credentials",
            "OK       sts",
            "OK       clock",
            "OK       identity",
            "OK       role",
            "OK       certificate",
            "OK       guard",
            "OK       proof");
    assertThat(run.outUnbroken())
        .contains("of a session, from Java system properties", DoctorShell.CHECKOUT);
    assertThat(run.status()).isZero();
    assertThat(run.outUnbroken())
        .doesNotContain(
            shell.checkout.secretAccessKey(), shell.checkout.sessionToken().orElseThrow());
  }

  @Test
  void serverThatIsDown_isSaidToBe() throws IOException {
    CommandRun run = ask("127.0.0.1:" + ClosedPort.any(), "--trust-cert", trusted);

    assertThat(run.outUnbroken())
        .contains("UNKNOWN  server", "takes no connection", "security group");
    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
  }

  @Test
  void serverWithoutTls_isSaidToBe() {
    assertWrong(
        ask(served(InsecureServerCredentials.create(), UnaryOperator.identity())),
        "server",
        "does not speak TLS 1.3",
        "over TLS alone");
  }

  @Test
  void certificateOfNobodyKnown_isSaidToBe() {
    assertWrong(ask(guarded()), "trust", "this platform trusts no issuer", "--trust-cert FILE");
  }

  @Test
  void anotherAudience_isSaidToBe() {
    CommandRun run =
        shell.doctor("--server", guarded(), "--audience", "order", "--trust-cert", trusted);

    assertWrong(run, "proof", "AUDIENCE_MISMATCH", "letter by letter");
  }

  @Test
  void serverThatTakesNoBearerProofs_isSaidTo() {
    String strict = served(CERTIFICATE.serverCredentials(), StsVerifier::requireChannelBinding);

    assertWrong(
        ask(strict, "--trust-cert", trusted, "--bearer"), "proof", "BINDING_REQUIRED", "--bearer");
  }

  @Test
  void serverThatDoesNotKnowThisEndpoint_isSaidTo() {
    Server server =
        EchoServer.start(
            0,
            CERTIFICATE.serverCredentials(),
            CallGuard.builder(policy.shared()).accept(StsVerifier.forAudience("orders")).build());
    opened.add(server::shutdownNow);

    assertWrong(
        ask("127.0.0.1:" + server.getPort(), "--trust-cert", trusted),
        "proof",
        "ISSUER_NOT_ALLOWED",
        "acceptCustomEndpoint");
  }

  @Test
  void methodThePolicyDenies_isNotTheProofsFault() {
    assertWrong(
        ask(guarded(), "--trust-cert", trusted, "--method", ECHO),
        "proof",
        "accepted, but " + ECHO,
        "rolecall policy explain");
  }

  @Test
  void serverWithoutAGuard_isNotCalledGood() {
    Server open = EchoServer.start(0, CERTIFICATE.serverCredentials());
    opened.add(open::shutdownNow);

    CommandRun run = ask("127.0.0.1:" + open.getPort(), "--trust-cert", trusted);

    assertThat(run.outUnbroken()).contains("UNKNOWN  guard", "lets in a call without a proof");
    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
  }

  @Test
  void serverWithoutItsAudience_isWrongUsage() {
    CommandRun run = shell.doctor("--server", "127.0.0.1:1");

    assertThat(run.err()).contains("--server: no --audience");
    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
  }

  private CommandRun ask(String server, String... arguments) {
    List<String> all = new ArrayList<>(List.of("--server", server, "--audience", "orders"));
    all.addAll(List.of(arguments));
    return shell.doctor(all.toArray(String[]::new));
  }

  private String guarded() {
    return served(CERTIFICATE.serverCredentials(), UnaryOperator.identity());
  }

  private String served(ServerCredentials tls, UnaryOperator<StsVerifier> stricter) {
    StsVerifier verifier =
        stricter.apply(
            StsVerifier.forAudience("orders")
                .acceptCustomEndpoint(shell.sts.endpoint(), "us-east-1", Partition.AWS));
    CallGuard guard = CallGuard.builder(policy.shared()).accept(verifier).build();
    opened.add(guard);
    Server server = EchoServer.start(0, tls, guard);
    opened.add(server::shutdownNow);
    return "127.0.0.1:" + server.getPort();
  }
}
