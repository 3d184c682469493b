package dev.rolecall.cli.input;

import java.nio.file.Path;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** The argument {@code -}, which stands for standard input. Standard input can be read once. */
public final class StandardInput {

  private StandardInput() {}

  /**
   * Runs the command, unless it would read standard input twice.
   *
   * @throws ParameterException if {@code -} is given more than once
   */
  public static int runOnce(ParseResult parsed) {
    ParseResult command = parsed;
    while (command.hasSubcommand()) {
      command = command.subcommand();
    }
    CommandLine used = command.commandSpec().commandLine();
    long times =
        command.matchedArgs().stream()
            .distinct()
            .filter(StandardInput::isRead)
            .flatMap(argument -> argument.originalStringValues().stream())
            .filter("-"::equals)
            .count();
    if (times > 1) {
      throw new ParameterException(
          used,
          "- is given "
              + times
              + " times (expected: once, as standard input can be read once; files for the rest)");
    }
    return new RunLast().execute(parsed);
  }

  /** Every argument, and the options that name a file, but for those that name one to write. */
  private static boolean isRead(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return true;
    }
    boolean isFile =
        Stream.concat(Stream.of(option.type()), Stream.of(option.auxiliaryTypes()))
            .anyMatch(Path.class::equals);
    return isFile
        && Stream.of(option.names())
            .noneMatch(name -> name.startsWith("--write") || name.equals("--output"));
  }
}
