package dev.rolecall.cli.console.answer;

/** Thrown where a request of the page cannot be answered; what it says is meant for the page. */
public final class FailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  /** That failure. */
  public FailedException(Failure failure) {
    super(failure.face() + ": " + failure.message());
    this.failure = failure;
  }

  /** That failure, and what it came from. */
  public FailedException(Failure failure, Throwable cause) {
    super(failure.face() + ": " + failure.message(), cause);
    this.failure = failure;
  }

  /** The failure. */
  public Failure failure() {
    return failure;
  }
}
