package dev.rolecall.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.cli.CommandRun;
import dev.rolecall.cli.terminal.ExitStatus;
import org.junit.jupiter.api.Test;

final class DemoCommandTest {

  @Test
  void demo_showsEachOutcomeAndCountsTheStsCalls() {
    CommandRun run = CommandRun.of("demo");

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.YES);
    assertThat(run.out())
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
        .contains("12 calls took 5 requests to STS", "What to try next");
    assertThat(run.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(80));
  }
}
