package dev.rolecall.verifier.limits;

/** What a look-up came to, as limits count it. */
public enum Outcome {
  /** STS confirmed a caller of use here. Costs nothing, and the access key is known from now on. */
  USEFUL,
  /** STS confirmed somebody whom nothing here could admit. Costs half a permit. */
  OF_NO_USE,
  /** STS refused, or named somebody that is no caller. Costs a permit. */
  REFUSED,
  /**
   * STS was too busy, or said what nobody here knows: an answer, if only of the endpoint's life.
   */
  BUSY,
  /** The endpoint did not answer. Costs a permit if others answered meanwhile, else nothing. */
  UNANSWERED,
  /** The endpoint was not asked. Costs nothing. */
  NOT_ASKED
}
