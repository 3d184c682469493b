package dev.rolecall.cli.failure;

/**
 * A command that cannot go on for a reason its user can do something about: the message says what.
 */
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
