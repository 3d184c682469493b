package dev.rolecall.service.failure;

/** The kinds of failures. A door chooses its status by this alone. */
public enum FailureKind {
  /** The question itself breaks a rule, whatever the state of things. */
  INVALID,
  /** The caller may not do it. */
  FORBIDDEN,
  /** There is no such thing, or the caller may not see it: the two are told alike. */
  NOT_FOUND,
  /** The thing is in a state in which it cannot be done. */
  WRONG_STATE,
  /** Another question has the same key. */
  CONFLICT,
  /** A bound of the service is reached. */
  OVER_LIMIT,
  /** It cannot be done now; to ask again may help. */
  UNAVAILABLE,
  /** The service does not offer it. */
  NOT_OFFERED,
  /** A defect of the service. */
  DEFECT
}
