package dev.rolecall.cli.access.run;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.input.InputFile;
import dev.rolecall.service.event.Webhook;
import dev.rolecall.service.event.WebhookSecret;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/**
 * The options that have each event posted to an address. The address comes from a file: it may be a
 * secret, and other users of a machine see the arguments of its processes.
 */
final class WebhookOptions {

  private static final int MOST_BYTES = 4_096;

  @ArgGroup(exclusive = false)
  @Nullable Receiver receiver;

  /** The receiver of events. */
  static final class Receiver {
    @Option(
        names = "--webhook-url-file",
        required = true,
        paramLabel = "FILE",
        description =
            "Post each event to the https address that is the one line of this file; Slack shows"
                + " its text.")
    Path address;

    @Option(
        names = "--webhook-secret-file",
        required = true,
        paramLabel = "FILE",
        description = "Sign each post with the secret that is the one line of this file.")
    Path secret;

    @Option(
        names = "--webhook-text-alone",
        description = "Post the text alone, for receivers that refuse other fields.")
    boolean textAlone;
  }

  /**
   * The webhook; empty where none was asked for.
   *
   * @throws CommandFailure if a file does not do
   */
  Optional<Webhook> webhook() {
    return Optional.ofNullable(receiver).map(WebhookOptions::of);
  }

  private static Webhook of(Receiver receiver) {
    String address = InputFile.of("--webhook-url-file", receiver.address).text(MOST_BYTES).strip();
    try {
      Webhook webhook = Webhook.to(uri(address), WebhookSecret.inFile(receiver.secret));
      return receiver.textAlone ? webhook.textAlone() : webhook;
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--webhook-url-file or --webhook-secret-file: " + e.getMessage(), e);
    }
  }

  /** Without the address in the message, which may be a secret. */
  private static URI uri(String address) {
    try {
      return URI.create(address);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          "--webhook-url-file: not an address (expected: one line, https://...)");
    }
  }
}
