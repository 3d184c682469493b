package dev.rolecall.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.cli.CommandRun;
import dev.rolecall.cli.terminal.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The demo, run once: its table, its size, and its picture in the docs. */
final class DemoCommandTest {

  private static final CommandRun RUN = CommandRun.of("demo");

  @Test
  void demo_showsEachOutcomeAndCountsTheStsCalls() {
    assertThat(RUN.err()).isEmpty();
    assertThat(RUN.status()).isEqualTo(ExitStatus.YES);
    assertThat(RUN.out())
        .containsPattern("checkout +Say +allowed +rule: checkout speaks +[0-9.]+ ms +1\\R")
        .containsPattern("checkout, again +Say +allowed +rule: checkout speaks +[0-9.]+ ms +1\\R")
        .containsPattern("reporting +Say +refused +METHOD_NOT_ALLOWED +[0-9.]+ ms +2\\R")
        .containsPattern("an IAM user +Say +refused +CALLER_KIND_NOT_ACCEPTED ")
        .containsPattern("for billing +Say +refused +AUDIENCE_MISMATCH ")
        .containsPattern("checkout's key +Say +refused +ISSUER_REFUSED ")
        .containsPattern("nobody +Say +refused +CREDENTIAL_MISSING ")
        .containsPattern("policy changes +Chat +ended +METHOD_NOT_ALLOWED +5\\R")
        .containsPattern("checkout, to inventory +Say +allowed +rule: checkout speaks ")
        .containsPattern("reporting, to inventory +Say +refused +METHOD_NOT_ALLOWED ")
        .containsPattern("checkout, to warehouse +Say +not sent +server of another role ")
        .contains("12 calls took 5 requests to STS", "rolecall demo --help");
  }

  @Test
  void demo_showsOneCallerOfEachKind_allowedAndRefusedByOnePolicy() {
    String role = "arn:aws:iam::111122223333:role/reports";
    Map<String, String> principals =
        Map.of(
            "proof", role,
            "web identity", role,
            "JWT", "oidc:corp:nightly",
            "opaque token", "oidc:corp:partner",
            "certificate", "spiffe://example.org/ns/shop/sa/stock",
            "API key", "key:ci");

    assertThat(principals)
        .allSatisfy(
            (kind, principal) ->
                assertThat(RUN.out())
                    .containsPattern(
                        "\\R" + kind + " +" + principal + " +allowed +METHOD_NOT_ALLOWED\\R"));
  }

  @Test
  void demo_fitsATerminalWithItsPrompt() {
    assertThat(RUN.out().lines()).hasSizeLessThan(DemoPicture.LINES);
    assertThat(RUN.out().lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(DemoPicture.COLUMNS));
  }

  @Test
  void help_showsThePolicyOfTheDemo() {
    assertThat(CommandRun.of("demo", "--help").out()).contains(DemoPolicy.TEXT);
  }

  /** To draw it again, see {@link DemoPicture}. */
  @Test
  void picture_ofTheDocs_showsThisOutput() throws IOException {
    String svg = Files.readString(Path.of("..", "docs", "demo.svg"));

    assertThat(withoutTimes(DemoPicture.shown(svg))).isEqualTo(withoutTimes(RUN.out()));
    assertThat(DemoPicture.of(DemoPicture.shown(svg))).isEqualTo(svg);
  }

  private static String withoutTimes(String output) {
    return output.replaceAll(" +[0-9.]+ ms", " ms");
  }

  @Test
  void picture_ofAnOutputThatDoesNotFit_isRefused() {
    assertThatThrownBy(() -> DemoPicture.of("line\n".repeat(DemoPicture.LINES)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("32 lines (expected: fewer than 32");
    assertThatThrownBy(() -> DemoPicture.of("x".repeat(80)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
