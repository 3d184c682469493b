package dev.rolecall.access.internal.limits;

/** The result of a look-up, as limits count it. */
public enum Settlement {
  /** The issuer confirmed a caller of use here. Costs nothing, and the key is known from now on. */
  USEFUL,
  /** The issuer confirmed a caller that nothing here could admit. Costs half a permit. */
  OF_NO_USE,
  /** The issuer refused, or named what is no caller. Costs a permit. */
  REFUSED,
  /**
   * The issuer was too busy, or said something unknown: an answer, if only of the issuer's life.
   */
  BUSY,
  /** The issuer did not answer. Costs a permit if others answered meanwhile, else nothing. */
  UNANSWERED,
  /** The issuer was not asked. Costs nothing. */
  NOT_ASKED
}
