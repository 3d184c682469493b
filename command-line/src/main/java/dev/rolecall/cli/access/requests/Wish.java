package dev.rolecall.cli.access.requests;

import dev.rolecall.cli.access.view.Times;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The options of a command that asks for time: how long, why, and whether it waits. */
public final class Wish {

  @Option(
      names = "--for",
      required = true,
      paramLabel = "DURATION",
      description = "How long the access is to last from its start on, such as PT1H or 1h.")
  Duration duration;

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why; for those who review it.")
  String reason;

  @Option(names = "--ticket", paramLabel = "TEXT", description = "The ticket that it is for.")
  String ticket = "";

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "A name for this request: asking again with it asks once.")
  String key = "";

  @Option(names = "--wait", description = "Wait for the decision.")
  boolean waiting;

  /** How long, as the service reads it. */
  public com.google.protobuf.Duration duration() {
    return Times.message(duration);
  }

  /** Why. */
  public String reason() {
    return reason;
  }

  /** The ticket; empty for none. */
  public String ticket() {
    return ticket;
  }

  /** The idempotency key; empty for none. */
  public String key() {
    return key;
  }

  /** Whether the command waits for the decision. */
  public boolean isWaiting() {
    return waiting;
  }
}
