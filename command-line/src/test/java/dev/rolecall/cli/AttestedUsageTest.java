package dev.rolecall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.cli.terminal.ExitStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options of attested TLS that contradict each other, or lack one another. */
final class AttestedUsageTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          call --attested --audience orders h:1 a.B/C                    | --attested: no --expect-server-role
          call --audience orders --expect-server-role R h:1 a.B/C        | --expect-server-role: only with --attested
          call --attested --expect-server-role R --audience orders h:1 a.B/C | role
          call --attested --bearer --audience orders h:1 a.B/C           | --attested and --bearer
          call --attested --plaintext --audience orders h:1 a.B/C        | mutually exclusive
          call --attested --trust-cert f --audience orders h:1 a.B/C     | mutually exclusive
          serve --attested --plaintext --audience orders --policy f      | mutually exclusive
          serve --attested --write-cert f --audience orders --policy f   | mutually exclusive
          serve --attested --tls-cert f --tls-key f --audience orders --policy f | mutually exclusive
          serve --attested --require-channel-binding --audience orders --policy f | --attested and --require-channel-binding
          tls inspect --audience orders host                             | host (expected: HOST:PORT
          tls inspect --audience orders host:0                           | host:0 (expected: HOST:PORT
          tls inspect --audience orders host:1/path                      | host:1/path (expected: HOST:PORT
          serve --attested --accept-eks-tokens --audience orders --policy f | --attested and --accept-eks-tokens
          serve --policy-period 5 --audience orders --policy f           | 5 (expected: as PT5S or PT1M30S, or short: 5s, 90m, 1h30m, 7d)
          serve --accept-call-proofs --audience orders --policy f        | --accept-call-proofs: only with --attested
          """)
  void usage_contradictory_namesTheOptionsAndExitsTwo(String arguments, String complaint) {
    CommandRun run = CommandRun.of(arguments.strip().split(" ", -1));

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err()).contains(complaint.strip());
    assertThat(run.out()).isEmpty();
  }
}
