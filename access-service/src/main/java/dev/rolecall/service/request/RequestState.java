package dev.rolecall.service.request;

/** The states of a request. All but the first are final. */
public enum RequestState {
  /** Waits for its decision. */
  PENDING,
  /** Enough people approved, or it is emergency access. */
  APPROVED,
  /** A reviewer denied it. */
  DENIED,
  /** Its requester took it back. */
  CANCELLED,
  /** The time to decide it is over. */
  LAPSED
}
