package dev.rolecall.tests.soak;

/** A verdict on Rolecall, drawn from the end of one call. */
enum CallVerdict {
  /** It was to be expected. */
  FINE("fine"),
  /** An honest call, allowed all along, was refused. */
  WRONGLY_REFUSED("wrongly refused"),
  /** A call that was forbidden all along was let through. */
  WRONGLY_ADMITTED("wrongly admitted"),
  /** A call did not end by its deadline, or ended without a cause, or twice. */
  LOST("lost"),
  /** Anything else that nothing explains. */
  SURPRISING("surprising");

  private final String words;

  CallVerdict(String words) {
    this.words = words;
  }

  @Override
  public String toString() {
    return words;
  }
}
