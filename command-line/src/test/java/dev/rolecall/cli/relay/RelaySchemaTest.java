package dev.rolecall.cli.relay;

import dev.rolecall.cli.config.EditorSchemaText;
import dev.rolecall.cli.proxy.AudienceOptions;
import org.junit.jupiter.api.Test;

/** The schema of a relay's configuration, for editors. */
final class RelaySchemaTest {

  @Test
  void schema_isThatOfTheOptions() throws Exception {
    EditorSchemaText.of(
            "Rolecall relay",
            "The configuration of: rolecall relay --config FILE. Its keys are options of the"
                + " command; paths are relative to the file.",
            new RelayFrontOptions())
        .with(
            "audiences",
            "Who may call, by the name that callers sign for.",
            "audience",
            new AudienceOptions(),
            "policy")
        .with(
            "routes",
            "The routes by names of your choice, which metrics have: the calls, their audience, and"
                + " the servers behind.",
            "route",
            new RouteOptions(),
            "audience",
            "upstream")
        .assertWrittenIn("relay.schema.json");
  }
}
