package dev.rolecall.cli.failure;

/** A failure that the user of a command can do something about. The message says what is wrong. */
public final class CommandFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The message may have several lines, and names no secret. */
  public CommandFailure(String message) {
    super(message);
  }

  /** The message alone is told; the cause is for a debugger. */
  public CommandFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
