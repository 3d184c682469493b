package dev.rolecall.cli.access.run;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.identity.Audience;
import dev.rolecall.service.AccessServer;
import dev.rolecall.service.AccessServerBuilder;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a node of the access service: its rules, its store, and what it tells. */
final class NodeOptions {

  @Option(
      names = "--rules",
      required = true,
      paramLabel = "FILE",
      description =
          "Who may ask for what, and who says yes: YAML or JSON. Read again when it changes.")
  Path rules;

  @Mixin StoreOptions store;

  @Mixin TokenOptions tokens;

  @Mixin WebhookOptions webhooks;

  @Option(
      names = "--health-checks-without-caller",
      description = "Let everyone ask for the server's health, as the probes of Kubernetes do.")
  boolean publicHealth;

  /**
   * A builder of the node.
   *
   * @throws CommandFailure if a file or a value does not do
   */
  AccessServerBuilder builder(Audience audience) {
    AccessServerBuilder builder = AccessServer.builder(rules, store.source());
    tokens.settings(audience, store.dataFolder()).ifPresent(builder::grantTokens);
    webhooks.webhook().ifPresent(builder::webhook);
    return publicHealth ? builder.allowHealthChecksWithoutCaller() : builder;
  }
}
