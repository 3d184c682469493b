package dev.rolecall.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.cli.CommandRun;
import dev.rolecall.cli.terminal.ExitStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The demo of the relay, run once: its story and its size. */
@Timeout(120)
final class DemoRelayCommandTest {

  private static final CommandRun RUN = CommandRun.of("demo", "relay");

  @Test
  void demo_tellsTheWholeStoryOfARelay() {
    assertThat(RUN.err()).isEmpty();
    assertThat(RUN.status()).isEqualTo(ExitStatus.YES);
    assertThat(RUN.out())
        .containsSubsequence(
            "checkout   Say                         allowed  the service answers\n",
            "reporting  Say                         refused  METHOD_NOT_ALLOWED\n",
            "nobody     Say, without a proof        refused  CREDENTIAL_MISSING\n",
            "checkout   Say, and claims to be admin allowed  the service answers\n",
            "             the forged headers        removed  the service sees checkout\n",
            "checkout   Chat, a stream              allowed  the service echoes\n",
            "operator   takes checkout's access     ended    METHOD_NOT_ALLOWED in ",
            "  signature  verified by the relay's keys\n",
            "  sub        arn:aws:iam::111122223333:role/checkout\n",
            "  aud        demo, scope orders, for 60 s\n",
            "  the proof  went no further than the relay\n");
  }

  @Test
  void demo_tellsTheTimeThatTheRelayAdds() {
    assertThat(RUN.out())
        .containsPattern(
            "A call takes [0-9.]+ ms by the relay, with TLS, and [0-9.]+ ms direct, without.\n"
                + "The relay adds -?[0-9.]+ ms: means of 400 calls.");
  }

  @Test
  void demo_fitsATerminalWithItsPrompt() {
    assertThat(RUN.out().lines()).hasSizeLessThan(DemoPicture.LINES);
    assertThat(RUN.out().lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(DemoPicture.COLUMNS));
  }
}
