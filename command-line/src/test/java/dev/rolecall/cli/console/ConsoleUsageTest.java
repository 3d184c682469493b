package dev.rolecall.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.cli.CommandRun;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options of {@code rolecall console} that do not fit together. */
final class ConsoleUsageTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "| --server: missing (expected: the access service, or --decisions, or --demo)",
        "--decisions a:1 | --decisions and --decisions-audience (expected: both, or none of them)",
        "--decisions-audience a --server a:1 | --decisions and --decisions-audience",
        "--server a:1 --idle PT0S | --idle: PT0S (expected: more than 0)",
        "--server a:1 --port 70000 | --port: 70000 (expected: 0 to 65535)",
        "--server a:1 --policy /none | --policy: /none: cannot be read",
        "--server a:1 --attested | --attested: no --expect-server-role",
        "--demo --server a:1 | --demo and --server: the demo has servers",
        "--demo --policy a.yaml | --demo and --policy: the demo has servers"
      })
  void wrongOptions_areToldAndEndTheCommand(String options, String message) {
    String[] words =
        Stream.concat(
                Stream.of("console", "--no-browser"),
                options == null ? Stream.of() : Arrays.stream(options.split(" ")))
            .toArray(String[]::new);

    CommandRun run = CommandRun.of(words);

    assertThat(run.errUnbroken()).contains(message);
    assertThat(run.status()).isEqualTo(2);
  }
}
