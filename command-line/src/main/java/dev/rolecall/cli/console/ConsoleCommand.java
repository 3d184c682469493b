package dev.rolecall.cli.console;

import dev.rolecall.cli.console.call.ConsoleServers;
import dev.rolecall.cli.console.web.Keys;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.input.InputFile;
import dev.rolecall.cli.log.Logging;
import dev.rolecall.cli.server.RunUntilStopped;
import dev.rolecall.cli.terminal.ExitStatus;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code rolecall console}: a page for the people. */
@Command(
    name = "console",
    mixinStandardHelpOptions = true,
    description =
        "Open a page in your browser: what waits for your review, what is live, who was refused and"
            + " why, and what a policy says. It runs on this machine, as you.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:stopped, by you or after the time of --idle",
      "2:could not start, such as where the port is taken"
    },
    footerHeading = "%nFor example:%n",
    footer = {
      "  rolecall console --server access.internal:443",
      "  rolecall console --server access.internal:443 \\",
      "    --decisions orders.internal:443 --decisions-audience orders",
      "  rolecall console --demo",
      "",
      "Each click is a call with a fresh proof of your own. The link opens one tab,",
      "within a minute. See docs/console.md."
    })
public final class ConsoleCommand implements Callable<Integer> {

  private static final int MOST_POLICY_BYTES = 1 << 20;

  private static final Set<String> OF_DEMO = Set.of("--demo", "--port", "--no-browser", "--idle");

  @Mixin ConsoleOptions options;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "A policy to look at. It is not changed.")
  @Nullable Path policy;

  @Option(
      names = "--port",
      defaultValue = "0",
      paramLabel = "PORT",
      description = "The port on 127.0.0.1. Default: any free one.")
  int port;

  @Option(
      names = "--no-browser",
      description = "Open no browser, and only print the link. Open it within a minute.")
  boolean withoutBrowser;

  @Option(
      names = "--idle",
      defaultValue = "PT30M",
      paramLabel = "DURATION",
      description = "Stop after this time without you, such as 30m. Default: ${DEFAULT-VALUE}.")
  Duration idle;

  @Option(
      names = "--demo",
      description =
          "Servers, people and traffic of a demo, in this process: needs no AWS account and no"
              + " network.")
  boolean demo;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (idle.isNegative() || idle.isZero()) {
      throw new CommandFailure("--idle: " + idle + " (expected: more than 0)");
    }
    if (demo) {
      requireNoOthers();
      Logging.warningsOnly();
      try (DemoConsoles consoles = DemoConsoles.open(bounds(), version())) {
        serve(
            new Served(consoles.first(), consoles::idleLeft, consoles::stop),
            () -> consoles.begin(out()));
      }
      return ExitStatus.YES;
    }
    About about = new About(version(), false, named());
    try (ConsoleServers servers = options.servers();
        RunningConsole console = RunningConsole.open(bounds(), servers, about, System::nanoTime)) {
      // After the link: what calls are made of takes longer to load than the page.
      serve(new Served(console, console::idleLeft, console::close), servers::tryNow);
    }
    return ExitStatus.YES;
  }

  private RunningConsole.Bounds bounds() {
    return new RunningConsole.Bounds(port, idle, Keys.CODE_LIFE);
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Checks that the demo is not told what it has of its own. */
  private void requireNoOthers() {
    spec.commandLine().getParseResult().matchedOptions().stream()
        .map(OptionSpec::longestName)
        .filter(name -> !OF_DEMO.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new CommandFailure(
                  "--demo and " + name + ": the demo has servers, people and a policy of its own");
            });
  }

  /**
   * What is served.
   *
   * @param console the console of the person who runs the command
   * @param idleLeft the time that is left without a person
   * @param stop what is done where the process is stopped
   */
  private record Served(RunningConsole console, Supplier<Duration> idleLeft, Runnable stop) {

    boolean isWanted() {
      Duration left = idleLeft.get();
      return !left.isNegative() && !left.isZero();
    }
  }

  /**
   * Lets the person in, and waits until they stop it or do not come back.
   *
   * @param begun what is done once the link is printed
   */
  private void serve(Served served, Runnable begun) {
    try (Entrance entrance = new Entrance(served.console(), out())) {
      RunUntilStopped running =
          RunUntilStopped.with(
              () -> {
                entrance.forget();
                served.stop().run();
              });
      entrance.print();
      begun.run();
      if (!withoutBrowser) {
        entrance.openIn(Browser.ofThisDesktop());
      }
      while (served.isWanted() && !running.await(served.idleLeft().get())) {
        // A person may have come back in the meantime.
      }
    }
    if (!served.isWanted()) {
      out().println("stopped after " + idle + " without a click");
    }
  }

  private Optional<About.Named> named() {
    return Optional.ofNullable(policy)
        .map(
            file ->
                new About.Named(
                    file.toString(), InputFile.of("--policy", file).text(MOST_POLICY_BYTES)));
  }

  private static String version() {
    return Optional.ofNullable(ConsoleCommand.class.getPackage().getImplementationVersion())
        .orElse("");
  }
}
