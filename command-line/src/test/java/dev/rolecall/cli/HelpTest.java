package dev.rolecall.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.rolecall.cli.terminal.ExitStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The help of every command: it fits a terminal, its examples can be pasted, its statuses hold. */
final class HelpTest {

  /** Those of a terminal, less the prompt's. */
  private static final int MOST_LINES = 23;

  /** Built once, with all commands: that takes a tenth of a second. */
  private static final CommandLine WHOLE = Rolecall.commandLine();

  static Stream<List<String>> commands() {
    return commands(WHOLE, List.of());
  }

  private static Stream<List<String>> commands(CommandLine command, List<String> path) {
    return Stream.concat(
        Stream.of(path),
        command.getSubcommands().entrySet().stream()
            .flatMap(
                sub -> {
                  List<String> below = new ArrayList<>(path);
                  below.add(sub.getKey());
                  return commands(sub.getValue(), below);
                }));
  }

  private static CommandRun run(List<String> path, String... more) {
    return CommandRun.of(Stream.concat(path.stream(), Arrays.stream(more)).toArray(String[]::new));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void help_ofEveryCommand_fitsATerminalAndHasNoColour(List<String> path) {
    CommandRun run = run(path, "--help");

    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(80));
    assertThat(run.out()).doesNotContain("\u001b", "\\u001b");
    assertThat(run.out()).as("what picocli took for a variable").doesNotContain(" null");
  }

  /** A run builds the one subcommand that it needs; its text is that of the whole all the same. */
  @ParameterizedTest
  @MethodSource("commands")
  void help_ofEveryCommand_isTheSameAsInTheWhole(List<String> path) {
    assertThat(run(path, "--help").out()).isEqualTo(helpInTheWhole(path));
  }

  private static String helpInTheWhole(List<String> path) {
    CommandLine command = WHOLE;
    for (String name : path) {
      command = requireNonNull(command.getSubcommands().get(name), name);
    }
    return command.getUsageMessage();
  }

  /** All but picocli's own, which passes over what it does not know. */
  static Stream<List<String>> ownCommands() {
    return commands().filter(path -> !path.contains("generate-completion"));
  }

  @ParameterizedTest
  @MethodSource("ownCommands")
  void wrongUsage_ofEveryCommand_couldNotTell(List<String> path) {
    CommandRun run = run(path, "--no-such-option");

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(" --help' says more.").doesNotContain("a defect");
    assertThat(run.err().lines()).hasSizeLessThan(MOST_LINES);
  }

  @Test
  void examples_ofEveryHelpText_areCommandsThereAre() {
    List<String> examples =
        commands()
            .flatMap(path -> helpInTheWhole(path).replace("\\\n", " ").lines())
            .map(String::strip)
            .filter(line -> line.startsWith("rolecall ") && !line.startsWith("rolecall COMMAND"))
            .map(line -> line.replaceFirst(" (&|>|<|\\|).*", ""))
            .distinct()
            .toList();

    assertThat(examples).hasSizeGreaterThan(10);
    assertThat(examples)
        .allSatisfy(
            example ->
                assertThatCode(
                        () ->
                            WHOLE.parseArgs(
                                Arrays.stream(example.split(" +", -1))
                                    .skip(1)
                                    .toArray(String[]::new)))
                    .as(example)
                    .doesNotThrowAnyException());
  }
}
