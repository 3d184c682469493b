package dev.rolecall.cli.checker;

import dev.rolecall.cli.config.ConfigFile;
import dev.rolecall.cli.proxy.ConfigOptions;
import dev.rolecall.cli.server.RunUntilStopped;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.identity.Audience;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code rolecall envoy-checker}: the server that Envoy's ext_authz filter asks. */
@Command(
    name = "envoy-checker",
    mixinStandardHelpOptions = true,
    description =
        "Answer Envoy's external authorization (ext_authz): admit each call by its caller, and tell"
            + " the service behind Envoy who that is.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:stopped, or the configuration is good",
      "1:the configuration has errors",
      "2:could not tell: wrong usage, or an unreadable file"
    },
    footerHeading = "%nFor example:%n",
    footer = {
      "  rolecall envoy-checker --unix /run/rolecall/checker.sock \\",
      "    --audience orders --policy orders.yaml",
      "  rolecall envoy-checker --config checker.yaml",
      "",
      "deploy/envoy has configurations of Envoy for it. SIGTERM drains it."
    })
public final class EnvoyCheckerCommand implements Callable<Integer> {

  @Mixin ConfigOptions config;

  @Mixin CheckerFrontOptions front;

  @Option(
      names = "--audience",
      paramLabel = "NAME",
      description = "The name that callers sign for: that of the service behind Envoy.")
  @Nullable Audience audience;

  @Mixin CheckedOptions checked;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    Optional<ConfigFile> file = config.file();
    PrintWriter out = spec.commandLine().getOut();
    if (config.isCheck()) {
      return ConfigOptions.checked(file.orElseThrow(), RunningChecker::check, out);
    }
    RunningChecker checker =
        file.isPresent()
            ? RunningChecker.following(file.get(), config.period())
            : RunningChecker.of(CheckerSettings.ofArguments(front, audience, checked));
    out.println(checker.words());
    checker.notes().forEach(note -> out.println("  " + note));
    out.flush();
    // All of it in the process's last moments: the process does not wait for this thread.
    RunUntilStopped.serving(
        () -> {
          checker.drain();
          checker.close();
        });
    return ExitStatus.YES;
  }
}
