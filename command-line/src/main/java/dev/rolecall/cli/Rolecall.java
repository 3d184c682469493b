package dev.rolecall.cli;

import dev.rolecall.cli.access.AccessCommand;
import dev.rolecall.cli.arguments.ArgumentTypes;
import dev.rolecall.cli.audit.AuditCommand;
import dev.rolecall.cli.call.CallCommand;
import dev.rolecall.cli.checker.EnvoyCheckerCommand;
import dev.rolecall.cli.console.ConsoleCommand;
import dev.rolecall.cli.demo.DemoCommand;
import dev.rolecall.cli.doctor.DoctorCommand;
import dev.rolecall.cli.exchange.ExchangeCommand;
import dev.rolecall.cli.failure.Complaint;
import dev.rolecall.cli.input.StandardInput;
import dev.rolecall.cli.keys.KeyCommand;
import dev.rolecall.cli.log.Logging;
import dev.rolecall.cli.login.LoginCommand;
import dev.rolecall.cli.policy.PolicyCommand;
import dev.rolecall.cli.proof.TokenCommand;
import dev.rolecall.cli.proof.VerifyCommand;
import dev.rolecall.cli.relay.RelayCommand;
import dev.rolecall.cli.serve.ServeCommand;
import dev.rolecall.cli.sts.StsCommand;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.cli.terminal.Paragraph;
import dev.rolecall.cli.terminal.Terminal;
import dev.rolecall.cli.terminal.Visible;
import dev.rolecall.cli.tls.TlsCommand;
import java.io.PrintWriter;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code rolecall}. It runs the subcommands and reports their failures. */
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
      LoginCommand.class,
      TlsCommand.class,
      DoctorCommand.class,
      PolicyCommand.class,
      AuditCommand.class,
      KeyCommand.class,
      RelayCommand.class,
      EnvoyCheckerCommand.class,
      ExchangeCommand.class,
      AccessCommand.class,
      ConsoleCommand.class,
      GenerateCompletion.class,
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:yes: done, allowed, or a valid proof",
      "1:no: refused, denied, or a policy with errors",
      "2:could not tell: wrong usage, an unreadable file, or STS did not answer",
    },
    footerHeading = "%nTo begin:%n",
    footer = "  rolecall demo")
public final class Rolecall {

  private static final String VERSION = "--version";
  private static final int MOST_SYNOPSIS_LINES = 18;

  private Rolecall() {}

  /** Runs one command and exits with its status. */
  public static void main(String[] args) {
    if (!asksForVersionAlone(args)) {
      Logging.configure();
    }
    System.exit(run(Terminal.ofThisProcess(), args));
  }

  private static boolean asksForVersionAlone(String... args) {
    return args.length == 1 && VERSION.equals(args[0]);
  }

  /** Runs one command; what it returns is the process's exit status. */
  static int run(Terminal terminal, String... args) {
    int status = ended(terminal, args);
    if (terminal.isComplete()) {
      return status;
    }
    complain(
        terminal.err(), "standard output cannot be written: the disk is full, or its reader gone");
    return ExitStatus.COULD_NOT_TELL;
  }

  private static int ended(Terminal terminal, String... args) {
    try {
      return asNeededBy(args).setOut(terminal.out()).setErr(terminal.err()).execute(args);
    } catch (Throwable e) {
      // An Error too: the platform's own status for it would say no.
      return complain(terminal.err(), Complaint.of(e));
    }
  }

  /**
   * The command with the subcommand that the first argument names, or with all of them. To build
   * them all takes longer than most commands run.
   */
  private static CommandLine asNeededBy(String... args) {
    if (asksForVersionAlone(args)) {
      return new CommandLine(
          CommandSpec.create()
              .name("rolecall")
              .mixinStandardHelpOptions(true)
              .versionProvider(new BuildVersion()));
    }
    for (Class<?> subcommand : Rolecall.class.getAnnotation(Command.class).subcommands()) {
      String name = subcommand.getAnnotation(Command.class).name();
      if (args.length > 0 && name.equals(args[0]) && subcommand != GenerateCompletion.class) {
        return ready(
            new CommandLine(CommandSpec.create().name("rolecall"))
                .addSubcommand(name, new CommandLine(subcommand)));
      }
    }
    return commandLine();
  }

  /** The command with every subcommand, ready to be run. Its writers may be replaced. */
  public static CommandLine commandLine() {
    return ready(new CommandLine(new Rolecall()));
  }

  private static CommandLine ready(CommandLine command) {
    return ArgumentTypes.registerIn(command)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
        .setUsageHelpWidth(Paragraph.WIDTH)
        .setUsageHelpAutoWidth(true)
        .setExecutionStrategy(StandardInput::runOnce)
        .setParameterExceptionHandler((wrong, arguments) -> misused(wrong))
        .setExecutionExceptionHandler(
            (exception, failed, parsed) -> complain(failed.getErr(), Complaint.of(exception)));
  }

  /** Without the whole help, which would push what is wrong out of a terminal of 24 lines. */
  private static int misused(ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(Visible.line(String.valueOf(wrong.getMessage())));
    UnmatchedArgumentException.printSuggestions(wrong, err);
    err.print(synopsis(command.getHelp()));
    err.println("'" + command.getCommandSpec().qualifiedName() + " --help' says more.");
    err.flush();
    return ExitStatus.COULD_NOT_TELL;
  }

  /** The whole synopsis, or where it is long the one without the names of options. */
  private static String synopsis(Help help) {
    String whole = help.fullSynopsis();
    return whole.lines().count() <= MOST_SYNOPSIS_LINES
        ? whole
        : help.synopsisHeading() + help.abbreviatedSynopsis();
  }

  private static int complain(PrintWriter err, String words) {
    err.println("rolecall: " + words);
    err.flush();
    return ExitStatus.COULD_NOT_TELL;
  }
}
