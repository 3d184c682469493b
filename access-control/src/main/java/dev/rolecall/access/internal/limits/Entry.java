package dev.rolecall.access.internal.limits;

/** A look-up that was let begin. */
public sealed interface Entry permits Ticket, QueuedEntry {

  /** Gives everything back: the look-up never began. */
  void giveBack();
}
