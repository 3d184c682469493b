package dev.rolecall.cli.relay;

import dev.rolecall.cli.proxy.AudienceOptions;
import dev.rolecall.cli.proxy.ConfigOptions;
import dev.rolecall.cli.proxy.RunningProxy;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code rolecall relay}: a guard in front of services in any language. */
@Command(
    name = "relay",
    mixinStandardHelpOptions = true,
    description =
        "Relay calls to gRPC services in any language: admit each by its caller, tell the service who"
            + " that is, and end streams whose access is over.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:stopped, or the configuration is good",
      "1:the configuration has errors",
      "2:could not tell: wrong usage, or an unreadable file"
    },
    footerHeading = "%nFor example:%n",
    footer = {
      "  rolecall relay --port 8443 --audience orders --policy orders.yaml \\",
      "    --upstream 127.0.0.1:50051 --write-cert /tmp/relay.pem",
      "  rolecall relay --config relay.yaml",
      "",
      "A client's credential goes no further than the relay. SIGTERM drains it."
    })
public final class RelayCommand implements Callable<Integer> {

  @Mixin ConfigOptions config;

  @Mixin RelayFrontOptions front;

  @Mixin RouteOptions route;

  @Mixin AudienceOptions audience;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    return RunningProxy.run(
        RelayProxy.KIND,
        config,
        () -> RelaySettings.ofArguments(front, audience, route),
        spec.commandLine().getOut());
  }
}
