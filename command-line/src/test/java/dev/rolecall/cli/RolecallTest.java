package dev.rolecall.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.cli.terminal.ExitStatus;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RolecallTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "sts",
        "serve",
        "token",
        "verify",
        "call",
        "tls",
        "policy",
        "key",
        "generate-completion"
      })
  void help_ofEachCommand_saysWhatItIsForAndExitsZero(String command) {
    CommandRun run = CommandRun.of(command, "--help");

    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("Usage: rolecall " + command).hasLineCount(lines(run.out()));
    assertThat(run.err()).isEmpty();
  }

  private static int lines(String text) {
    return (int) text.lines().count();
  }

  @Test
  void help_ofTheWhole_listsEveryCommandAndTheExitStatus() {
    CommandRun run = CommandRun.of("--help");

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains(
            "demo",
            "sts",
            "serve",
            "token",
            "verify",
            "call",
            "tls",
            "policy",
            "Exit status",
            "could not");
  }

  @Test
  void version_isPrinted() {
    CommandRun run = CommandRun.of("--version");

    assertThat(run.status()).isZero();
    assertThat(run.out()).startsWith("rolecall ").contains("Java ");
    assertThat(CommandRun.of("-V")).isEqualTo(run);
  }

  @Test
  void completion_isAShellScriptThatKnowsTheCommands() {
    CommandRun run = CommandRun.of("generate-completion");

    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("complete -F", "verify", "--audience");
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve", "verify"})
  void help_ofWhatVerifies_saysHowToAcceptEksTokens(String command) {
    assertThat(CommandRun.of(command, "--help").out()).contains("--accept-eks-tokens");
  }

  @Test
  void verify_eksToken_isReadOnlyWhereAccepted() {
    // Of 2020, so that nobody is asked about it.
    String url =
        "https://sts.eu-west-1.amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15"
            + "&X-Amz-Algorithm=AWS4-HMAC-SHA256"
            + "&X-Amz-Credential=ASIAEXAMPLE000000001%2F20200101%2Feu-west-1%2Fsts%2Faws4_request"
            + "&X-Amz-Date=20200101T000000Z&X-Amz-Expires=60"
            + "&X-Amz-SignedHeaders=host%3Bx-k8s-aws-id&X-Amz-Signature="
            + "0123456789abcdef".repeat(4);
    String token =
        "k8s-aws-v1."
            + Base64.getUrlEncoder().withoutPadding().encodeToString(url.getBytes(US_ASCII));

    CommandRun off = CommandRun.of("verify", "--audience", "orders", token);
    CommandRun on = CommandRun.of("verify", "--audience", "orders", "--accept-eks-tokens", token);

    assertThat(off.status()).isEqualTo(ExitStatus.NO);
    assertThat(off.err()).contains("CREDENTIAL_MALFORMED");
    assertThat(on.status()).isEqualTo(ExitStatus.NO);
    assertThat(on.err()).contains("CREDENTIAL_EXPIRED").doesNotContain(token);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "serv | 'serv'",
        "serve --policy x.yaml | --audience",
        "serve --audience Orders --policy x.yaml | audience: Orders (expected:",
        "serve --audience orders --policy x.yaml --plaintext --write-cert y | exclusive",
        "serve --audience orders --policy x.yaml --tls-cert y | --tls-key",
        "serve --audience orders --policy x.yaml --port many | 'many'",
        "serve --audience orders --policy x.yaml --plaintext --listen 0.0.0.0 | --listen 0.0.0.0 and",
        "token --audience -orders- | audience: -orders- (expected:",
        "verify --audience orders | TOKEN",
        "policy explain x.yaml --role arn:aws:iam::1:role/r --method /a/B | account: 1 (expected:",
        "policy explain x.yaml --role arn:aws:iam::111122223333:role/r --method a.B | method",
        "call --audience orders 127.0.0.1:1 WhoAmI | method: \"WhoAmI\" (expected: /package.Serv",
        "call --audience orders --timeout 0 127.0.0.1:1 a.B/C | --timeout: 0 (expected: at least",
      })
  void usage_wrong_namesTheValueAndTheRuleAndExitsTwo(String arguments, String complaint) {
    CommandRun run = CommandRun.of(arguments.strip().split(" ", -1));

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err()).contains(complaint.strip());
    assertThat(run.out()).isEmpty();
  }
}
