package dev.rolecall.cli.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.cli.arguments.ArgumentTypes;
import dev.rolecall.cli.proxy.AudienceOptions;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class RelaySettingsTest {

  private static RelaySettings settings(String front, String route) {
    return RelaySettings.ofArguments(
        parsed(new RelayFrontOptions(), front),
        new AudienceOptions(),
        parsed(new RouteOptions(), "--audience=orders --upstream=127.0.0.1:50051 " + route));
  }

  private static <T> T parsed(T options, String arguments) {
    var unused =
        ArgumentTypes.registerIn(new CommandLine(options))
            .parseArgs(arguments.strip().split(" ", -1));
    return options;
  }

  @Test
  void relay_thatProvesItselfAndSaysNothingOfCallers_warns() {
    assertThat(settings("--identity-headers", "--upstream-audience=svc").proofNote())
        .contains("every caller has this relay's own rights", "upstream", "--txn-domain");
  }

  @Test
  void relay_thatSaysWhoCalled_orProvesNothing_doesNotWarn() {
    assertThat(settings("--txn-domain=example", "--upstream-audience=svc").proofNote()).isEmpty();
    assertThat(settings("--identity-headers", "--services=*").proofNote()).isEmpty();
  }
}
