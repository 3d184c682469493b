package dev.rolecall.verifier.sts;

/** Whether a request may be sent, as {@link StsCircuit} has it. */
enum Passage {
  /** It may. */
  GO,
  /** It may not: the endpoint does not answer. */
  STOP
}
