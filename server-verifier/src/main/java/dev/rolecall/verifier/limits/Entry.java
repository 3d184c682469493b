package dev.rolecall.verifier.limits;

/** A look-up that was let begin. */
public sealed interface Entry permits Ticket, Queued {

  /** Gives everything back: nothing came of it. */
  void giveBack();
}
