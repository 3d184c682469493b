package dev.rolecall.tokens.internal.claim;

import static java.util.Objects.requireNonNull;

/** The way out of reading claims, at the first check that fails. It has no stack trace. */
final class FailedCheckException extends Exception {

  private static final long serialVersionUID = 1L;

  private final TokenCheck check;

  FailedCheckException(TokenCheck check) {
    super(check.words(), null, false, false);
    this.check = requireNonNull(check, "check");
  }

  TokenCheck check() {
    return check;
  }

  /** Throws unless the condition holds. */
  static void unless(boolean condition, TokenCheck check) throws FailedCheckException {
    if (!condition) {
      throw new FailedCheckException(check);
    }
  }
}
