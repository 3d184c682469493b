package dev.rolecall.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.cli.CommandRun;
import dev.rolecall.cli.terminal.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PolicySuggestCommandTest {

  private static final String RECORD =
      "{\"time\":1795299525123,\"actor\":{\"user\":{\"name\":\"key:ci\"}},"
          + "\"unmapped\":{\"decision\":\"allowed\",\"method\":\"a.B/C\"}}\n";
  private static final String LOST =
      "{\"time\":1795299525123,\"count\":2,\"unmapped\":{\"decision\":\"records_lost\"}}\n";

  @TempDir Path directory;

  private String file(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content).toString();
  }

  private static CommandRun suggest(String... arguments) {
    return CommandRun.of(
        Stream.concat(Stream.of("policy", "suggest"), Stream.of(arguments)).toArray(String[]::new));
  }

  @Test
  void severalFiles_areOnePolicyThatTheCheckAccepts() throws IOException {
    CommandRun run =
        suggest("--name", "orders", file("a", RECORD.repeat(2)), file("b", RECORD + LOST + "x\n"));

    assertThat(run.status()).isEqualTo(ExitStatus.YES);
    assertThat(run.out()).contains("name: \"orders\"", "- \"key:ci\"", "# 3 calls, ");
    assertThat(run.err())
        .isEqualTo(
            "note: "
                + directory.resolve("b")
                + ": lines that are no audit records: 1\n"
                + "note: records that the server could not write: 2; calls may be missing\n");
    assertThat(CommandRun.of("policy", "check", file("suggested.yaml", run.out())).status())
        .isEqualTo(ExitStatus.YES);
  }

  @Test
  void rareCalls_allowNothingAndSaySo() throws IOException {
    CommandRun run = suggest(file("a", RECORD));

    assertThat(run.status()).isEqualTo(ExitStatus.NO);
    assertThat(run.out()).contains("# Seen fewer than 3 times", "#   key:ci");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no record\n", "name: orders\n"})
  void fileWithoutARecord_couldNotTell(String content) throws IOException {
    String file = file("a", content);

    CommandRun run = suggest(file);

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains(file + ": no audit record (expected: what serve --audit-file writes)");
  }

  @Test
  void timesBelowOne_couldNotTell() throws IOException {
    CommandRun run = suggest("--at-least", "0", file("a", RECORD));

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err()).contains("at least: 0 (expected: 1 or more)");
  }
}
