package dev.rolecall.cli;

import static dev.rolecall.cli.RunningCommands.INVENTORY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.cli.arguments.ServerAddress;
import dev.rolecall.cli.connect.ServerHandshake;
import dev.rolecall.cli.doctor.StolenCertificate;
import dev.rolecall.cli.server.EchoServer;
import dev.rolecall.cli.server.ServerCertificate;
import dev.rolecall.cli.terminal.ExitStatus;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server and its callers, each with a role of its own, and no certificate authority. */
@Timeout(600)
final class AttestedCommandsTest {

  private static final String WHO_AM_I = "rolecall.demo.v1.Echo/WhoAmI";
  private static final String COUNT = "rolecall.demo.v1.Echo/Count";

  @RegisterExtension static final Shell SHELL = new Shell();

  private static String sts;
  private static String server;
  private static String ordinary;
  private static Server unattested;

  @BeforeAll
  static void start() {
    sts = SHELL.running().sts();
    server = SHELL.running().attestedServer();
    unattested =
        EchoServer.start(
            0,
            ServerCertificate.forThisRun(Clock.systemUTC(), new SecureRandom())
                .serverCredentials());
    ordinary = "127.0.0.1:" + unattested.getPort();
  }

  @AfterAll
  static void stop() {
    unattested.shutdownNow();
  }

  private static CommandRun callAs(String profile, String... arguments) {
    List<String> all =
        new ArrayList<>(List.of("call", "--attested", "--audience", "orders", "--sts", sts));
    all.addAll(List.of(arguments));
    return SHELL.as(profile, all.toArray(String[]::new));
  }

  @Test
  void serve_attested_saysWhichRoleItShows() {
    assertThat(SHELL.running().attestedRole()).isEqualTo("  as " + INVENTORY);
  }

  @Test
  void call_bothAttested_isAnsweredToTheRoleOfTheConnection() {
    CommandRun run =
        callAs(
            "checkout",
            "--expect-server-role",
            "arn:aws:iam::111122223333:role/another",
            "--expect-server-role",
            INVENTORY,
            server,
            WHO_AM_I);

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.YES);
    assertThat(run.out()).contains("\"principal\":\"arn:aws:iam::111122223333:role/checkout\"");
  }

  @Test
  void call_serverOfAnotherRole_isANoThatNamesTheRole() {
    CommandRun run =
        callAs(
            "checkout",
            "--expect-server-role",
            "arn:aws:iam::444455556666:role/inventory",
            server,
            WHO_AM_I);

    assertThat(run.status()).isEqualTo(ExitStatus.NO);
    assertThat(run.err())
        .contains("refused: UNAUTHENTICATED: the server's role is " + INVENTORY)
        .contains("expected: [arn:aws:iam::444455556666:role/inventory]");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void call_methodsOfOneServer_areEachDecidedByThePolicy() {
    CommandRun allowed =
        callAs("reporting", "--expect-server-role", INVENTORY, server, COUNT, "{\"to\": 2}");
    CommandRun denied = callAs("reporting", "--expect-server-role", INVENTORY, server, WHO_AM_I);

    assertThat(allowed.err()).isEmpty();
    assertThat(allowed.status()).isEqualTo(ExitStatus.YES);
    assertThat(allowed.out()).isEqualTo("{\"number\":1}\n{\"number\":2}\n");
    assertThat(denied.status()).isEqualTo(ExitStatus.NO);
    assertThat(denied.err()).contains("refused: PERMISSION_DENIED (METHOD_NOT_ALLOWED)");
    assertThat(denied.out()).isEmpty();
  }

  @Test
  void call_serverWithoutAttestation_isNotAnswered() {
    CommandRun run = callAs("checkout", "--expect-server-role", INVENTORY, ordinary, WHO_AM_I);

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err())
        .contains("failed: UNAVAILABLE: not an attested certificate")
        .contains("the server attests nothing, or TLS ends in between");
    assertThat(run.out()).isEmpty();
  }

  private static CommandRun inspect(String address, String... more) {
    List<String> all =
        new ArrayList<>(List.of("tls", "inspect", "--audience", "orders", "--sts", sts, address));
    all.addAll(List.of(more));
    return CommandRun.of(all.toArray(String[]::new));
  }

  @Test
  void inspect_attestedServer_isConfirmedWithItsRole() {
    CommandRun run = inspect(server);

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.YES);
    assertThat(run.out())
        .containsPattern("role +" + INVENTORY + "\\R")
        .containsPattern("audience +orders\\R")
        .containsPattern("sts +127\\.0\\.0\\.1:[0-9]+\\R")
        .containsPattern("life +PT15M\\R")
        .containsPattern("key +[A-Za-z0-9_-]{43}\\R")
        .doesNotContain("rolecall-v1");
  }

  @Test
  void inspect_attestedServer_asJson_holdsNoSecret() throws IOException {
    CommandRun run = inspect(server, "--json");

    assertThat(run.status()).isEqualTo(ExitStatus.YES);
    assertThat(run.out())
        .startsWith("{\"result\":\"confirmed\",\"role\":\"" + INVENTORY + "\"")
        .endsWith("}\n")
        .doesNotContain("rolecall-v1");
    for (String line : Files.readAllLines(SHELL.running().credentials())) {
      if (line.contains(" = ")) {
        assertThat(run.out()).doesNotContain(RunningCommands.lastWord(line));
      }
    }
  }

  @Test
  void inspect_attestedServerForAnotherAudience_isRefused() {
    CommandRun run = CommandRun.of("tls", "inspect", "--audience", "billing", "--sts", sts, server);

    assertThat(run.status()).isEqualTo(ExitStatus.NO);
    assertThat(run.errUnbroken())
        .contains("refused: AUDIENCE_MISMATCH")
        .contains(
            "the server attests for orders, and --audience is billing: give --audience that name");
    assertThat(run.out()).doesNotContain(INVENTORY);
  }

  @Test
  void inspect_attestedServerOfAnotherSts_isRefusedWithWhatToGive() {
    CommandRun run = CommandRun.of("tls", "inspect", "--audience", "orders", server);

    assertThat(run.status()).isEqualTo(ExitStatus.NO);
    assertThat(run.err())
        .contains("refused: ISSUER_NOT_ALLOWED")
        .contains("has its role confirmed by " + sts.substring(sts.indexOf("//") + 2))
        .contains("give --sts");
  }

  @Test
  void inspect_plaintextServer_couldNotTellAndSaysWhy() {
    Server plaintext = EchoServer.start(0, InsecureServerCredentials.create());
    try {
      CommandRun run = inspect("127.0.0.1:" + plaintext.getPort());

      assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
      assertThat(run.err()).contains("no TLS 1.3 handshake").contains("speaks plaintext");
    } finally {
      plaintext.shutdownNow();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json"})
  void inspect_ordinaryServer_isNotAttested(String form) {
    CommandRun run = form.equals("json") ? inspect(ordinary, "--json") : inspect(ordinary);

    assertThat(run.status()).isEqualTo(ExitStatus.NO);
    assertThat(run.out() + run.err()).contains("not attested").doesNotContain("confirmed");
  }

  @Test
  void inspect_certificateShownWithoutItsKey_isNotConfirmed() throws Exception {
    var real = ServerHandshake.with(ServerAddress.parse(server));
    try (StolenCertificate thief = new StolenCertificate(real.chain())) {
      CommandRun run = inspect(thief.address());

      assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
      assertThat(run.err()).contains("before the server showed that it holds the key");
      assertThat(run.out()).doesNotContain(INVENTORY);
    }
  }

  @Test
  void inspect_nobodyListens_couldNotTell() {
    CommandRun run = inspect("127.0.0.1:1");

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err())
        .contains("127.0.0.1:1: no TLS 1.3 handshake")
        .contains("nothing listens at 127.0.0.1:1");
  }
}
