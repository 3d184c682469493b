package dev.rolecall.cli.proxy;

import dev.rolecall.cli.config.ConfigFile;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.terminal.ExitStatus;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The options that name a configuration file, which then says everything. */
public final class ConfigOptions {

  private static final String CONFIG = "--config";
  private static final String CHECK = "--check-config";
  private static final String PERIOD = "--config-period";

  @Option(
      names = CONFIG,
      paramLabel = "FILE",
      description =
          "Take all options from this YAML file, and follow it. No other option may be given.")
  @Nullable Path file;

  @Option(
      names = CHECK,
      description =
          "Check the configuration and the files that it names, and serve nothing. Exit status 1 if"
              + " something is wrong.")
  boolean checking;

  @Option(
      names = PERIOD,
      defaultValue = "PT5S",
      paramLabel = "DURATION",
      description =
          "How often the configuration is read; a change is in force after two readings. Default:"
              + " ${DEFAULT-VALUE}.")
  Duration period;

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  /** Whether the configuration is only to be checked. */
  public boolean isCheck() {
    return checking;
  }

  /** How long after one look at the file comes the next. */
  public Duration period() {
    return period;
  }

  /**
   * The file; empty where the options themselves say everything.
   *
   * @throws CommandFailure if another option is given beside it
   */
  public Optional<ConfigFile> file() {
    if (file == null) {
      if (checking) {
        throw new CommandFailure(CHECK + ": only with " + CONFIG);
      }
      return Optional.empty();
    }
    ParseResult parsed = command.commandLine().getParseResult();
    for (OptionSpec option : parsed.matchedOptions()) {
      String name = option.longestName();
      if (!name.equals(CONFIG) && !name.equals(CHECK) && !name.equals(PERIOD)) {
        throw new CommandFailure(
            name + " and " + CONFIG + " (expected: one of them; the file has the same option)");
      }
    }
    return Optional.of(ConfigFile.at(file));
  }

  /**
   * Checks a file, and says whether it is good.
   *
   * @param check throws {@link CommandFailure} if it is not
   * @return the exit status
   */
  public static int checked(ConfigFile file, Consumer<ConfigFile> check, PrintWriter out) {
    // Now, so that a file that cannot be read is none that has errors.
    var unused = file.bytes();
    try {
      check.accept(file);
      out.println(file.path() + ": good");
      return ExitStatus.YES;
    } catch (CommandFailure e) {
      out.println(e.getMessage());
      return ExitStatus.NO;
    } finally {
      out.flush();
    }
  }
}
