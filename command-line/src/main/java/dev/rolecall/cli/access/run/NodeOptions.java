package dev.rolecall.cli.access.run;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.identity.Audience;
import dev.rolecall.service.AccessServer;
import dev.rolecall.service.AccessServerBuilder;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
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
      names = "--keep-history",
      paramLabel = "TIME",
      description =
          "Delete events, decided requests and ended grants after that time, 7 days at least: such"
              + " as P400D. Default: all are kept.")
  @Nullable Duration history;

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
    if (history != null) {
      keepHistory(builder, history);
    }
    return publicHealth ? builder.allowHealthChecksWithoutCaller() : builder;
  }

  private static void keepHistory(AccessServerBuilder builder, Duration history) {
    try {
      builder.keepHistory(history);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--keep-history: " + e.getMessage(), e);
    }
  }
}
