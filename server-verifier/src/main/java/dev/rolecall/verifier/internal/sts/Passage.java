package dev.rolecall.verifier.internal.sts;

/** The word of an {@link StsCircuit} on whether a request may be sent. */
enum Passage {
  /** It may. */
  GO,
  /** It may not: the endpoint does not answer. */
  STOP
}
