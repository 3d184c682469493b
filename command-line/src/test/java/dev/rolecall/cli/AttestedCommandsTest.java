package dev.rolecall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.stsemulator.EmulatedPrincipal;
import dev.rolecall.stsemulator.StsEmulator;
import io.grpc.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server and its callers, each with a role of its own, and no certificate authority. */
@Timeout(180)
final class AttestedCommandsTest {

  private static final String CREDENTIALS_FILE = "aws.sharedCredentialsFile";
  private static final String PROFILE = "aws.profile";
  private static final String NO_INSTANCE = "aws.disableEc2Metadata";

  private static final String WHO_AM_I = "rolecall.demo.v1.Echo/WhoAmI";
  private static final String SERVER_ROLE = "arn:aws:iam::111122223333:role/inventory";
  private static final String POLICY =
      """
      name: orders
      allow_rules:
        - name: checkout does everything
          source: {principals: ["arn:aws:iam::111122223333:role/checkout"]}
          request: {paths: ["/rolecall.demo.v1.Echo/*"]}
        - name: the account may ask what there is
          source: {principals: ["arn:aws:iam::111122223333:*"]}
          request: {paths: ["/grpc.reflection.v1.ServerReflection/*"]}
      """;
  @TempDir static Path directory;
  private static final StsEmulator STS = StsEmulator.start();
  private static final String STS_URL = STS.endpoint().toString();
  private static ServedProcess serve;
  private static String server;
  private static String ordinary;
  private static Server unattested;

  @BeforeAll
  static void start() throws IOException {
    Files.writeString(directory.resolve("orders.yaml"), POLICY);
    CredentialsFile.write(
        directory.resolve("credentials"),
        Map.of(
            "checkout", STS.add(EmulatedPrincipal.of("arn:aws:iam::111122223333:role/checkout")),
            "reporting", STS.add(EmulatedPrincipal.of("arn:aws:iam::111122223333:role/reporting")),
            "inventory", STS.add(EmulatedPrincipal.of(SERVER_ROLE))));
    serve = serve(STS_URL, "--attested");
    unattested =
        EchoServer.start(
            0,
            ServerCertificate.forThisRun(Clock.systemUTC(), new SecureRandom())
                .serverCredentials());
    ordinary = "127.0.0.1:" + unattested.getPort();
    server = lastWord(serve.line());
  }

  private static ServedProcess serve(String stsUrl, String... security) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of("serve", "--port", "0", "--audience", "orders", "--policy", at("orders.yaml")));
    arguments.addAll(List.of("--sts", stsUrl));
    arguments.addAll(List.of(security));
    return ServedProcess.start(
        Map.of("AWS_SHARED_CREDENTIALS_FILE", at("credentials"), "AWS_PROFILE", "inventory"),
        arguments.toArray(String[]::new));
  }

  @AfterAll
  static void stop() {
    serve.close();
    unattested.shutdownNow();
    STS.close();
  }

  @AfterEach
  void forgetCredentials() {
    System.clearProperty(CREDENTIALS_FILE);
    System.clearProperty(PROFILE);
    System.clearProperty(NO_INSTANCE);
  }

  private static String at(String name) {
    return directory.resolve(name).toString();
  }

  private static String lastWord(String line) {
    return line.substring(line.lastIndexOf(' ') + 1);
  }

  private static CommandRun callAs(String profile, String sts, String... arguments) {
    System.setProperty(CREDENTIALS_FILE, at("credentials"));
    System.setProperty(PROFILE, profile);
    System.setProperty(NO_INSTANCE, "true");
    List<String> all =
        new ArrayList<>(List.of("call", "--attested", "--audience", "orders", "--sts", sts));
    all.addAll(List.of(arguments));
    return CommandRun.of(all.toArray(String[]::new));
  }

  @Test
  void serve_attested_saysWhichRoleItShows() throws IOException {
    assertThat(serve.line()).isEqualTo("  as " + SERVER_ROLE);
  }

  @Test
  void call_bothAttested_isAnsweredToTheRoleOfTheConnection() {
    CommandRun run =
        callAs(
            "checkout",
            STS_URL,
            "--expect-server-role",
            "arn:aws:iam::111122223333:role/another",
            "--expect-server-role",
            SERVER_ROLE,
            server,
            WHO_AM_I);

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.YES);
    assertThat(run.out()).contains("\"roleArn\":\"arn:aws:iam::111122223333:role/checkout\"");
  }

  @Test
  void call_serverOfAnotherRole_isANoThatNamesTheRole() {
    CommandRun run =
        callAs(
            "checkout",
            STS_URL,
            "--expect-server-role",
            "arn:aws:iam::444455556666:role/inventory",
            server,
            WHO_AM_I);

    assertThat(run.status()).isEqualTo(ExitStatus.NO);
    assertThat(run.err())
        .contains("refused: UNAUTHENTICATED: the server's role is " + SERVER_ROLE)
        .contains("expected: [arn:aws:iam::444455556666:role/inventory]");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void call_clientWhoseRoleThePolicyDoesNotAllow_isANo() {
    CommandRun run =
        callAs("reporting", STS_URL, "--expect-server-role", SERVER_ROLE, server, WHO_AM_I);

    assertThat(run.status()).isEqualTo(ExitStatus.NO);
    assertThat(run.err()).contains("refused: PERMISSION_DENIED (METHOD_NOT_ALLOWED)");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void call_serverWithoutAttestation_isNotAnswered() {
    CommandRun run =
        callAs("checkout", STS_URL, "--expect-server-role", SERVER_ROLE, ordinary, WHO_AM_I);

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err()).contains("failed: UNAVAILABLE");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void stsGone_callAndInspectionCouldNotTell() throws IOException {
    StsEmulator away = StsEmulator.start();
    String url = away.endpoint().toString();
    try (ServedProcess itsServer = serve(url, "--attested")) {
      String address = lastWord(itsServer.line());
      away.close();

      CommandRun call =
          callAs("checkout", url, "--expect-server-role", SERVER_ROLE, address, WHO_AM_I);
      CommandRun inspection = inspect(url, address);

      assertThat(call.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
      assertThat(call.err())
          .contains("failed: UNAVAILABLE: the server's attestation could not be verified");
      assertThat(inspection.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
      assertThat(inspection.err()).contains("unavailable: STS_UNAVAILABLE");
    }
  }

  private static CommandRun inspect(String sts, String address, String... more) {
    List<String> all =
        new ArrayList<>(List.of("tls", "inspect", "--audience", "orders", "--sts", sts, address));
    all.addAll(List.of(more));
    return CommandRun.of(all.toArray(String[]::new));
  }

  @Test
  void inspect_attestedServer_isConfirmedWithItsRole() {
    CommandRun run = inspect(STS_URL, server);

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.YES);
    assertThat(run.out())
        .containsPattern("role +" + SERVER_ROLE + "\\R")
        .containsPattern("audience +orders\\R")
        .containsPattern("sts +127\\.0\\.0\\.1:[0-9]+\\R")
        .containsPattern("life +PT15M\\R")
        .containsPattern("key +[A-Za-z0-9_-]{43}\\R")
        .doesNotContain("rolecall-v1");
  }

  @Test
  void inspect_attestedServer_asJson_holdsNoSecret() throws IOException {
    CommandRun run = inspect(STS_URL, server, "--json");

    assertThat(run.status()).isEqualTo(ExitStatus.YES);
    assertThat(run.out())
        .startsWith("{\"result\":\"confirmed\",\"role\":\"" + SERVER_ROLE + "\"")
        .endsWith("}\n")
        .doesNotContain("rolecall-v1");
    for (String line : Files.readAllLines(directory.resolve("credentials"))) {
      if (line.contains(" = ")) {
        assertThat(run.out()).doesNotContain(lastWord(line));
      }
    }
  }

  @Test
  void inspect_attestedServerForAnotherAudience_isRefused() {
    CommandRun run =
        CommandRun.of("tls", "inspect", "--audience", "billing", "--sts", STS_URL, server);

    assertThat(run.status()).isEqualTo(ExitStatus.NO);
    assertThat(run.err()).contains("refused: AUDIENCE_MISMATCH");
    assertThat(run.out()).doesNotContain(SERVER_ROLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json"})
  void inspect_ordinaryServer_isNotAttested(String form) {
    CommandRun run =
        form.equals("json") ? inspect(STS_URL, ordinary, "--json") : inspect(STS_URL, ordinary);

    assertThat(run.status()).isEqualTo(ExitStatus.NO);
    assertThat(run.out() + run.err()).contains("not attested").doesNotContain("confirmed");
  }

  @Test
  void inspect_certificateShownWithoutItsKey_isNotConfirmed() throws Exception {
    var real = ServerHandshake.with(ServerAddress.parse(server));
    try (StolenCertificate thief = new StolenCertificate(real.chain())) {
      CommandRun run = inspect(STS_URL, thief.address());

      assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
      assertThat(run.err()).contains("before the server showed that it holds the key");
      assertThat(run.out()).doesNotContain(SERVER_ROLE);
    }
  }

  @Test
  void inspect_nobodyListens_couldNotTell() {
    CommandRun run = inspect(STS_URL, "127.0.0.1:1");

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err()).contains("127.0.0.1:1: no TLS 1.3 handshake");
  }
}
