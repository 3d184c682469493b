package dev.rolecall.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.cli.CommandRun;
import dev.rolecall.cli.terminal.ExitStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The demo of access for a time, run once: its story and its size. */
@Timeout(120)
final class DemoAccessCommandTest {

  private static final CommandRun RUN = CommandRun.of("demo", "access");

  @Test
  void demo_tellsTheWholeStoryOfAGrant() {
    assertThat(RUN.err()).isEmpty();
    assertThat(RUN.status()).isEqualTo(ExitStatus.YES);
    assertThat(RUN.out())
        .containsSubsequence(
            "ana            calls orders               refused   GRANT_REQUIRED\n",
            "ana            asks for 1 h: INC-42       pending   0 of 2 votes\n",
            "ana, as Lead   approves it herself        refused   OWN_REQUEST\n",
            "ben            approves                   pending   1 of 2 votes\n",
            "cid            approves                   approved  2 of 2 votes\n",
            "ana            opens a stream             allowed   rule: engineers administer\n",
            "eve, same role calls orders               refused   GRANT_REQUIRED\n",
            "ana            asks for 2 h more          pending   0 of 2 votes\n",
            "cid            approves                   approved  2 of 2 votes\n",
            "ana's stream   goes on                    echoes    until 20",
            "cid            revokes it                 revoked   INC-42 is closed\n",
            "ana's stream   ends ",
            "    ended     GRANT_REVOKED\n",
            "ana            calls orders               refused   GRANT_REVOKED\n");
  }

  @Test
  void demo_showsTheAuditTrail() {
    assertThat(RUN.out())
        .containsSubsequence(
            "  request.created     corp/ana@example.com\n",
            "  request.reviewed    corp/ben@example.com\n",
            "  request.approved    corp/cid@example.com\n",
            "  grant.extended      corp/cid@example.com\n",
            "  grant.revoked       corp/cid@example.com\n");
  }

  @Test
  void demo_fitsATerminalWithItsPrompt() {
    assertThat(RUN.out().lines()).hasSizeLessThan(DemoPicture.LINES);
    assertThat(RUN.out().lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(DemoPicture.COLUMNS));
  }
}
