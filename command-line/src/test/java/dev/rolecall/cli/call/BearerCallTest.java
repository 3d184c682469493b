package dev.rolecall.cli.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.cli.CommandRun;
import dev.rolecall.cli.Shell;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.testsupport.ServedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that bring a token of the user's, to a server that accepts API keys. */
@Timeout(600)
final class BearerCallTest {

  private static final String WHO_AM_I = "rolecall.demo.v1.Echo/WhoAmI";

  @RegisterExtension static final Shell SHELL = new Shell();

  @TempDir private Path folder;

  private static CommandRun call(String... arguments) {
    return CommandRun.of(options(arguments));
  }

  private static String[] options(String... arguments) {
    List<String> all = new ArrayList<>(List.of("call", "--trust-cert"));
    all.add(SHELL.running().certificate().toString());
    all.addAll(List.of(arguments));
    all.addAll(List.of(SHELL.running().server(), WHO_AM_I));
    return all.toArray(String[]::new);
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("token"), text).toString();
  }

  @Test
  void call_withAKeyInAFile_isAnsweredAsItsClient() throws IOException {
    CommandRun run = call("--token-file", file(SHELL.running().key() + "\n"));

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.YES);
    assertThat(run.out()).contains("\"principal\":\"key:ci\"");
  }

  @Test
  void call_withAKeyInTheEnvironment_isAnswered() throws Exception {
    try (ServedProcess process =
        ServedProcess.start(
            Map.of("API_KEY", SHELL.running().key()), options("--bearer-from", "API_KEY"))) {
      assertThat(process.await()).isEqualTo(ExitStatus.YES);
    }
  }

  @Test
  void call_withAForgedKey_isANoThatDoesNotPrintIt() throws IOException {
    String forged = SHELL.running().key().replaceFirst(".$", "-");
    CommandRun run = call("--token-file", file(forged));

    assertThat(run.status()).isEqualTo(ExitStatus.NO);
    assertThat(run.err())
        .contains("refused: UNAUTHENTICATED (CREDENTIAL_MALFORMED)")
        .doesNotContain(forged);
  }

  @Test
  void call_thatThePolicyRefuses_saysWhatToAskItAboutTheKey() throws IOException {
    CommandRun run =
        CommandRun.of(
            "call",
            "--trust-cert",
            SHELL.running().certificate().toString(),
            "--token-file",
            file(SHELL.running().key()),
            SHELL.running().server(),
            "rolecall.demo.v1.Echo/Say");

    assertThat(run.status()).isEqualTo(ExitStatus.NO);
    assertThat(run.errUnbroken())
        .contains("principal key:ci", "the key is valid, but the policy says no")
        .contains("policy explain policy.yaml --caller key:ci --method /rolecall.demo.v1.Echo/Say")
        .doesNotContain("see --audience");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "two words",
        "Bearer abc",
        "line\nline",
        "null\0",
        "caf\u00e9",
        "a=b",
        "\u200babc"
      })
  void call_withAFileThatHoldsNoToken_isRefusedAndNotQuoted(String text) throws IOException {
    CommandRun run = call("--token-file", file("s3cret" + text + "s3cret "));
    CommandRun empty = call("--token-file", file(" \n"));

    if (!text.isEmpty()) {
      assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
      assertThat(run.err()).contains("--token-file: ", ": not a bearer token (expected: one word");
    }
    assertThat(run.err()).doesNotContain("s3cret");
    assertThat(empty.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
  }

  @Test
  void call_withAProofInPlaceOfAToken_saysHowAProofIsMade() throws IOException {
    CommandRun run = call("--token-file", file("rolecall-v1~127.0.0.1:1~s3cret"));

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err())
        .contains(": a proof, and no token (expected: --audience,")
        .doesNotContain("s3cret");
  }

  @Test
  void call_withoutAToken_saysWhatIsMissing() {
    assertThat(call("--bearer-from", "ROLECALL_NO_SUCH_VARIABLE").err())
        .isEqualTo(
            "rolecall: --bearer-from: ROLECALL_NO_SUCH_VARIABLE: not set, or empty (expected: a"
                + " variable that holds a token)\n");
    assertThat(call("--token-file", folder.resolve("absent").toString()).err())
        .contains("--token-file: ", "absent: cannot be read: no such file");
    assertThat(call("--token-file", "-").err()).contains("--token-file: - (expected: a file");
    assertThat(call().err())
        .contains("--audience, --bearer-from, --token-file and --login (expected: one");
  }

  @Test
  void call_withOptionsOfAProofToo_isRefused() throws IOException {
    String token = file("abc");

    assertThat(call("--token-file", token, "--audience", "orders").err())
        .contains("--audience, --bearer-from, --token-file and --login (expected: one");
    assertThat(call("--token-file", token, "--bearer").err()).contains("the call brings a token");
    assertThat(call("--token-file", token, "--assume-role", "arn:aws:iam::1:role/a").err())
        .contains("the call brings a token");
    assertThat(call("--token-file", token, "--bearer-from", "HOME").err())
        .contains("mutually exclusive");
  }

  @ParameterizedTest
  @ValueSource(strings = {"198.51.100.1:443", "orders.internal:443", "127.evil.example:1"})
  void call_withoutTlsToAnotherMachine_isRefusedBeforeAnythingIsSent(String server)
      throws IOException {
    CommandRun run =
        CommandRun.of("call", "--plaintext", "--token-file", file("abc"), server, WHO_AM_I);

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err())
        .contains("--plaintext: the token is not sent to " + server + " without TLS");
  }

  @Test
  void call_withoutTlsToThisMachine_isMade() throws IOException {
    CommandRun run =
        CommandRun.of("call", "--plaintext", "--token-file", file("abc"), "127.0.0.1:1", WHO_AM_I);

    assertThat(run.err()).contains("failed: UNAVAILABLE");
  }
}
