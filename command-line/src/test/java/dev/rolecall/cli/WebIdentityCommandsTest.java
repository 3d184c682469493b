package dev.rolecall.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.testsupport.ServedProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands that bring a web identity token, and the emulator that issues it. */
@Timeout(600)
final class WebIdentityCommandsTest {

  private static final String TOKEN = "eyJ[A-Za-z0-9_-]+\\.eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+";

  @RegisterExtension static final Shell SHELL = new Shell();

  @TempDir Path directory;

  private static CommandRun token(String... more) {
    String[] arguments = new String[6 + more.length];
    System.arraycopy(
        new String[] {
          "token", "--web-identity", "--audience", "orders", "--sts", SHELL.running().sts()
        },
        0,
        arguments,
        0,
        6);
    System.arraycopy(more, 0, arguments, 6, more.length);
    return SHELL.as("checkout", arguments);
  }

  private static String claims(String token) {
    return new String(Base64.getUrlDecoder().decode(token.strip().split("\\.", -1)[1]), UTF_8);
  }

  @Test
  void token_ofTheRoleAtHand_isPrintedForTheAudience() {
    CommandRun run = token();

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.YES);
    assertThat(run.out().strip()).matches(TOKEN);
    assertThat(claims(run.out()))
        .contains(
            "\"iss\":\"" + SHELL.running().sts() + "/issuers/",
            "\"sub\":\"arn:aws:iam::111122223333:role/checkout\"",
            "\"aud\":\"orders\"");
  }

  @Test
  void token_ofAnotherAudience_isForThatOne() {
    assertThat(claims(token("--token-audience", "https://api.example/orders").out()))
        .contains("\"aud\":\"https://api.example/orders\"");
  }

  @Test
  void token_asJson_saysItsEnd() {
    assertThat(token("--json").out().strip())
        .matches(
            "\\{\"token\":\""
                + TOKEN
                + "\",\"audience\":\"orders\",\"notAfter\":\"[0-9T:Z-]+\"\\}");
  }

  @Test
  void token_ofAnAccountWithoutFederation_saysTheNextStep() throws Exception {
    try (StsEmulator sts = StsEmulator.start()) {
      EmulatedCredentials checkout = sts.addRole("arn:aws:iam::111122223333:role/checkout");
      Path credentials =
          Files.writeString(
              directory.resolve("credentials"),
              """
              [checkout]
              aws_access_key_id = %s
              aws_secret_access_key = %s
              aws_session_token = %s
              """
                  .formatted(
                      checkout.accessKeyId(),
                      checkout.secretAccessKey(),
                      checkout.sessionToken().orElseThrow()));
      CommandRun run =
          SHELL.as(
              "checkout",
              credentials,
              "token",
              "--web-identity",
              "--audience",
              "orders",
              "--sts",
              sts.endpoint().toString());

      assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
      assertThat(run.out()).isEmpty();
      assertThat(run.err())
          .contains(
              "OutboundWebIdentityFederationDisabledException",
              "enable outbound identity federation");
    }
  }

  @Test
  void call_ofAServerThatAcceptsProofsAlone_isRefusedAndShowsNoToken() {
    CommandRun run =
        SHELL.as(
            "checkout",
            "call",
            "--web-identity",
            "--audience",
            "orders",
            "--sts",
            SHELL.running().sts(),
            "--trust-cert",
            SHELL.running().certificate().toString(),
            SHELL.running().server(),
            "rolecall.demo.v1.Echo/WhoAmI");

    assertThat(run.status()).isEqualTo(ExitStatus.NO);
    assertThat(run.err()).contains("UNAUTHENTICATED").doesNotContainPattern(TOKEN);
  }

  @Test
  void sts_ofAnAccountOnTheCommandLine_printsItsIssuer() throws Exception {
    try (ServedProcess sts =
        ServedProcess.start(Map.of(), "sts", "--port", "0", "--web-identity", "111122223333")) {
      String url = RunningCommands.lastWord(sts.line());
      sts.line();
      sts.line();

      assertThat(sts.line()).isEqualTo("web identity of 111122223333");
      assertThat(sts.line().strip()).startsWith(url + "/issuers/");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          token --audience orders --token-audience x              | --token-audience: only with --web-identity
          token --web-identity --audience orders --server-cert f  | --web-identity and --server-cert
          token --web-identity --audience orders --assume-role R  | role
          call --audience orders --token-audience x h:1 a.B/C     | --token-audience: only with --web-identity
          call --web-identity --audience orders --bearer h:1 a.B/C | --web-identity and --bearer
          call --web-identity --audience orders --attested --expect-server-role R h:1 a.B/C | --web-identity and --attested
          call --web-identity --audience orders --plaintext orders.example:1 a.B/C | --plaintext: the token is not sent
          sts --port 0 --web-identity 1                           | --web-identity: account: 1 (expected: 12 digits)
          """)
  void usage_contradictory_namesTheOptionsAndExitsTwo(String arguments, String complaint) {
    CommandRun run = CommandRun.of(arguments.strip().split(" ", -1));

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err()).contains(complaint.strip());
    assertThat(run.out()).isEmpty();
  }
}
