package dev.rolecall.cli;

/**
 * A command that cannot go on for a reason its user can do something about: the message says what.
 */
final class CommandFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CommandFailure(String message) {
    super(message);
  }

  CommandFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
