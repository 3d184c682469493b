package dev.rolecall.exchange;

/** Thrown while a request is read, where it breaks a rule. Caught in this package. */
final class RefusedRequestException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient ExchangeRefusal refusal;

  RefusedRequestException(ExchangeRefusal refusal) {
    super(refusal.description(), null, false, false);
    this.refusal = refusal;
  }

  ExchangeRefusal refusal() {
    return refusal;
  }
}
