package dev.rolecall.cli.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.cli.CannedProxy;
import dev.rolecall.cli.CommandRun;
import dev.rolecall.cli.HostileServer;
import dev.rolecall.cli.Shell;
import dev.rolecall.cli.doctor.BannerServer;
import dev.rolecall.cli.doctor.DoctorScene;
import dev.rolecall.cli.doctor.DoctorShell;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.testsupport.ClosedPort;
import dev.rolecall.testsupport.TestCertificate;
import io.grpc.InsecureServerCredentials;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of the failures of {@code call}: what is wrong, at which end, and the cure. */
@Timeout(600)
final class CallFailuresTest {

  private static final String SAY = "rolecall.demo.v1.Echo/Say";
  private static final String POLICY =
      """
      name: orders
      allow_rules:
        - name: reflection
          source: {principals: ["arn:aws:iam::111122223333:*"]}
          request: {paths: ["/grpc.reflection.v1.ServerReflection/*"]}
      """;

  @RegisterExtension static final Shell SHELL = new Shell();

  @TempDir Path directory;
  private DoctorScene scene;

  @BeforeEach
  void open() {
    scene = new DoctorScene(directory);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private CommandRun call(String server, String... more) {
    List<String> all =
        new ArrayList<>(List.of("call", "--sts", scene.shell.sts.endpoint().toString()));
    all.addAll(List.of("--audience", "orders"));
    all.addAll(List.of(more));
    all.addAll(List.of(server, SAY));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private static void assertAdvised(CommandRun run, int status, String... words) {
    assertThat(run.errUnbroken())
        .contains(words)
        .contains("  -> ")
        .doesNotContain("io exception", "sun.security", "io.netty", "java.");
    assertThat(run.status()).isEqualTo(status);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void closedPort_saysThatNothingListens() throws IOException {
    assertAdvised(call("127.0.0.1:" + ClosedPort.any()), 2, "nothing listens at", "UNAVAILABLE");
  }

  @Test
  void unknownName_saysSo() {
    assertAdvised(call("orders.invalid:443"), 2, "no such host name: correct orders.invalid");
  }

  @Test
  void tlsToPlaintext_namesTheServersEnd() {
    assertAdvised(
        call(scene.served(InsecureServerCredentials.create(), POLICY)),
        2,
        "failed: UNAVAILABLE: not an SSL/TLS record\n",
        "the server speaks plaintext and this end TLS");
  }

  @Test
  void plaintextToTls_namesThisEnd() {
    assertAdvised(
        call(scene.served(TestCertificate.named("orders").ofServer(), POLICY), "--plaintext"),
        2,
        "the server speaks TLS and this end plaintext: call without --plaintext");
  }

  @Test
  void attestedServer_saysHowToCallIt() {
    assertAdvised(
        call(SHELL.running().attestedServer()), 2, "the server is attested: call with --attested");
  }

  @Test
  void attestedToOrdinary_saysThatItAttestsNothing() {
    assertAdvised(
        call(
            scene.served(TestCertificate.named("orders").ofServer(), POLICY),
            "--attested",
            "--expect-server-role",
            DoctorShell.CHECKOUT),
        2,
        "the server shows an ordinary certificate and attests nothing");
  }

  @Test
  void attestedServerThatThisEndRefuses_isNoRefusalOfReflection() {
    CommandRun run =
        call(
            SHELL.running().attestedServer(),
            "--attested",
            "--expect-server-role",
            "arn:aws:iam::111122223333:role/other");

    assertThat(run.err())
        .startsWith("rolecall: refused: UNAUTHENTICATED: the server's attestation ")
        .doesNotContain("reflection", "--descriptor-set");
    assertThat(run.status()).isEqualTo(ExitStatus.NO);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"127.0.0.1", "127.0.0.1:99999", "127.0.0.1:0", ":1", "https://orders:443", "::1"})
  void serverThatIsNoHostAndPort_isToldAtOnce(String server) {
    CommandRun run = call(server);

    assertThat(run.err())
        .isEqualToIgnoringNewLines(
            "rolecall: HOST:PORT: " + server + " (expected: HOST:PORT, the port from 1 to 65535)");
    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
  }

  @Test
  void serverOfAnotherProtocol_isNamed() throws IOException {
    BannerServer web = scene.kept(new BannerServer("HTTP/1.1 400 Bad Request\r\n\r\n"));
    BannerServer shells = scene.kept(new BannerServer("SSH-2.0-OpenSSH_9.6\r\n"));

    assertAdvised(call(web.address()), 2, "speaks HTTP/1 in plaintext");
    assertAdvised(call(shells.address()), 2, "speaks neither TLS 1.3 nor HTTP/2");
  }

  @Test
  void certificateThatIsNotTaken_isToldApart() throws IOException {
    TestCertificate good = TestCertificate.named("orders");
    TestCertificate other =
        TestCertificate.builder().commonName("orders").dnsName("billing").build();
    String trust = directory.resolve("trust.pem").toString();
    Files.writeString(Path.of(trust), other.pem());

    assertAdvised(
        call(scene.served(good.ofServer(), POLICY)),
        2,
        "an authority that this client does not trust",
        "--trust-cert FILE");
    assertAdvised(
        call(scene.served(other.ofServer(), POLICY), "--trust-cert", trust), 2, "for another name");
  }

  @Test
  void trustFile_withTwoCertificatesOfOneSubject_trustsBoth() throws IOException {
    TestCertificate one = TestCertificate.named("orders");
    TestCertificate two = TestCertificate.named("orders");
    Path trust = Files.writeString(directory.resolve("trust.pem"), one.pem() + two.pem());
    String open = POLICY.replace("/grpc.reflection.v1.ServerReflection/*", "/*");

    for (TestCertificate each : List.of(one, two)) {
      CommandRun run = call(scene.served(each.ofServer(), open), "--trust-cert", trust.toString());
      assertThat(run.err()).isEmpty();
      assertThat(run.status()).isZero();
    }
  }

  @Test
  void deniedByPolicy_printsALineThatSaysWhyWhenPasted() throws IOException {
    scene.write("orders.yaml", POLICY);
    CommandRun run =
        call(scene.served(InsecureServerCredentials.create(), POLICY), "--plaintext", "--bearer");

    assertAdvised(
        run, 1, "METHOD_NOT_ALLOWED", "role      " + DoctorShell.CHECKOUT, "method    /" + SAY);
    assertThat(run.err().lines())
        .anyMatch(line -> line.strip().startsWith("rolecall policy explain orders.yaml "));
    CommandRun pasted = scene.pasted(run.errUnbroken());
    assertThat(pasted.status()).isEqualTo(ExitStatus.NO);
    assertThat(pasted.out()).contains("denied: no rule allows it", "add path \"/" + SAY + "\"");
  }

  @Test
  void reflectionRefused_saysThatItIsReflection() {
    CommandRun run =
        call(
            scene.served(InsecureServerCredentials.create(), "name: orders\n"),
            "--plaintext",
            "--bearer");

    assertAdvised(
        run,
        1,
        "server reflection refused: PERMISSION_DENIED",
        "it is reflection that was refused, and not the method",
        "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
        "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
        "--descriptor-set");
  }

  @Test
  void otherDetails_areDecoded() {
    try (HostileServer server =
        HostileServer.refusing(Status.RESOURCE_EXHAUSTED.withDescription("busy"), "QUOTA")) {
      CommandRun run = call(server.address(), "--plaintext", "--bearer");

      assertThat(run.err()).contains("RESOURCE_EXHAUSTED (QUOTA): busy");
      assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    }
  }

  @Test
  void proxyThatAsksWho_isNamedWithItsStatus() throws IOException {
    try (CannedProxy proxy =
        new CannedProxy("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")) {
      proxy.use();

      assertAdvised(call("orders.example:443"), 2, "answered CONNECT with HTTP 407");
    }
  }

  @Test
  void noCredentials_listsThePlaces() {
    scene.shell.use(null);

    CommandRun run = call(scene.served(InsecureServerCredentials.create(), POLICY), "--plaintext");

    assertThat(run.err())
        .startsWith("rolecall: failed: UNAUTHENTICATED: no AWS credentials")
        .doesNotContain("reflection")
        .contains("\n    environment variables: not set\n", "rolecall doctor");
    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
  }
}
