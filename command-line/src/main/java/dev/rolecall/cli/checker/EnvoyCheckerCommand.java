package dev.rolecall.cli.checker;

import dev.rolecall.cli.proxy.ConfigOptions;
import dev.rolecall.cli.proxy.RunningProxy;
import dev.rolecall.identity.Audience;
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
    return RunningProxy.run(
        CheckerProxy.KIND,
        config,
        () -> CheckerSettings.ofArguments(front, audience, checked),
        spec.commandLine().getOut());
  }
}
