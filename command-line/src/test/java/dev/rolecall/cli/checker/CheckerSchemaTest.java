package dev.rolecall.cli.checker;

import dev.rolecall.cli.config.EditorSchemaText;
import org.junit.jupiter.api.Test;

/** The schema of a checker's configuration, for editors. */
final class CheckerSchemaTest {

  @Test
  void schema_isThatOfTheOptions() throws Exception {
    EditorSchemaText.of(
            "Rolecall checker for Envoy",
            "The configuration of: rolecall envoy-checker --config FILE. Its keys are options of the"
                + " command; paths are relative to the file.",
            new CheckerFrontOptions())
        .with(
            "audiences",
            "Who may call, by the name that callers sign for. A route of Envoy names one of them.",
            "audience",
            new CheckedOptions(),
            "policy")
        .assertWrittenIn("envoy-checker.schema.json");
  }
}
