package dev.rolecall.service.request;

/** The states of a grant. */
public enum GrantState {
  /** Approved, and not started yet. */
  SCHEDULED,
  /** Holds. */
  ACTIVE,
  /** Its time is over. */
  EXPIRED,
  /** Ended before its time. */
  REVOKED
}
