package dev.rolecall.txntoken;

/** The way out of a reading. Without a stack trace, since a proxy's client may cause it. */
final class FailedCheckException extends Exception {

  private static final long serialVersionUID = 1L;

  private final TokenCheck check;

  FailedCheckException(TokenCheck check) {
    super(check.words(), null, false, false);
    this.check = check;
  }

  TokenCheck check() {
    return check;
  }

  /** Goes on if the rule holds. */
  static void unless(boolean rule, TokenCheck check) throws FailedCheckException {
    if (!rule) {
      throw new FailedCheckException(check);
    }
  }
}
