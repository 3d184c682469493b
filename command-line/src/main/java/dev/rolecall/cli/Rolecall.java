package dev.rolecall.cli;

import dev.rolecall.cli.Rolecall.BuildVersion;
import java.util.Optional;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command {@code rolecall}: what it can do, and how each part reports what came of it. */
@Command(
    name = "rolecall",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    description = "gRPC services that know each other by their AWS IAM roles.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      StsCommand.class,
      ServeCommand.class,
      TokenCommand.class,
      VerifyCommand.class,
      CallCommand.class,
      TlsCommand.class,
      DoctorCommand.class,
      PolicyCommand.class,
      GenerateCompletion.class,
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:yes: done, allowed, or a good proof",
      "1:no: refused, denied, or a policy with errors",
      "2:could not tell: wrong usage, an unreadable file, or STS did not answer",
    },
    footerHeading = "%nTo begin:%n",
    footer = "  rolecall demo")
public final class Rolecall {

  private Rolecall() {}

  /** Runs one command and exits with its status. */
  public static void main(String[] args) {
    Logging.configure();
    System.exit(commandLine().execute(args));
  }

  /** The command with every subcommand, ready to be run. Its writers may be replaced. */
  public static CommandLine commandLine() {
    return ArgumentTypes.registerIn(new CommandLine(new Rolecall()))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setExecutionExceptionHandler(Rolecall::report);
  }

  private static int report(
      Exception exception, CommandLine command, CommandLine.ParseResult parsed) {
    if (exception instanceof CommandFailure failure) {
      command.getErr().println("rolecall: " + failure.getMessage());
    } else {
      command
          .getErr()
          .println("rolecall: a defect of rolecall itself; please report it with this:");
      exception.printStackTrace(command.getErr());
    }
    command.getErr().flush();
    return ExitStatus.COULD_NOT_TELL;
  }

  /** The version the jar was built as. */
  static final class BuildVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version =
          Optional.ofNullable(Rolecall.class.getPackage().getImplementationVersion())
              .orElse("(not run from its jar)");
      return new String[] {"rolecall " + version, "Java " + Runtime.version()};
    }
  }
}
