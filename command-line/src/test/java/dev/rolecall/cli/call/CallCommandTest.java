package dev.rolecall.cli.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.cli.CommandRun;
import dev.rolecall.cli.Shell;
import dev.rolecall.cli.terminal.ExitStatus;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls to a server that runs as its users run it. */
@Timeout(600)
final class CallCommandTest {

  private static final String WHO_AM_I = "rolecall.demo.v1.Echo/WhoAmI";

  @RegisterExtension static final Shell SHELL = new Shell();

  private static String server;

  @BeforeAll
  static void start() {
    server = SHELL.running().server();
  }

  private static CommandRun callAs(String profile, String... arguments) {
    List<String> all = new ArrayList<>(List.of("call", "--sts", SHELL.running().sts()));
    all.addAll(List.of("--trust-cert", SHELL.running().certificate().toString()));
    all.addAll(List.of(arguments));
    return SHELL.as(profile, all.toArray(String[]::new));
  }

  @Test
  void call_allowed_printsTheAnswerAsJson() {
    CommandRun run = callAs("checkout", "--audience", "orders", server, WHO_AM_I);

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.YES);
    assertThat(run.out())
        .startsWith("{")
        .endsWith("}\n")
        .contains("\"principal\":\"arn:aws:iam::111122223333:role/checkout\"");
  }

  @Test
  void call_deniedByPolicy_isANo() {
    CommandRun run = callAs("reporting", "--audience", "orders", server, WHO_AM_I);

    assertThat(run.status()).isEqualTo(ExitStatus.NO);
    assertThat(run.err()).contains("refused: PERMISSION_DENIED (METHOD_NOT_ALLOWED)");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void call_forAnotherAudience_isANo() {
    CommandRun run = callAs("checkout", "--audience", "billing", server, WHO_AM_I);

    assertThat(run.status()).isEqualTo(ExitStatus.NO);
    assertThat(run.err()).contains("refused: UNAUTHENTICATED (AUDIENCE_MISMATCH)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rolecall.demo.v1.Echo/Whisper | {}            | has no method Whisper (it has: [
          rolecall.demo.v1.Choir/Sing   | {}            | no service rolecall.demo.v1.Choir
          rolecall.demo.v1.Echo/WhoAmI  | {"who": "me"} | the request is no rolecall.demo.v1.WhoAmIRequest
          rolecall.demo.v1.Echo/WhoAmI  | who           | the request is no rolecall.demo.v1.WhoAmIRequest
          """)
  void call_thatCannotBeMade_saysWhy(String method, String json, String words) {
    CommandRun run = callAs("checkout", "--audience", "orders", server, method, json);

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err()).startsWith("rolecall: ").contains(words);
  }

  @Test
  void call_withoutCredentials_saysSo() {
    CommandRun run = callAs("nobody", "--audience", "orders", server, WHO_AM_I);

    assertThat(run.status()).isNotEqualTo(ExitStatus.YES);
    assertThat(run.err()).contains("no AWS credentials").contains("profile");
  }

  @Test
  void call_nobodyListens_couldNotTell() {
    CommandRun run = callAs("checkout", "--audience", "orders", "127.0.0.1:1", WHO_AM_I);

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err()).contains("failed: UNAVAILABLE");
  }

  @Test
  void call_withAServerNobodyTrusts_couldNotTell() {
    CommandRun run =
        CommandRun.of(
            "call", "--sts", SHELL.running().sts(), "--audience", "orders", server, WHO_AM_I);

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err()).contains("failed: UNAVAILABLE");
  }

  @Test
  void call_missingDescriptorSet_saysSo() {
    CommandRun run =
        callAs(
            "checkout",
            "--audience",
            "orders",
            "--descriptor-set",
            "target/missing.pb",
            server,
            WHO_AM_I);

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err()).contains("--descriptor-set").contains("missing.pb");
  }
}
