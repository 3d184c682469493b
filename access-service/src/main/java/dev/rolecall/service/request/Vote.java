package dev.rolecall.service.request;

/** The decisions of a reviewer. */
public enum Vote {
  /** Counts towards the quorum. */
  APPROVE,
  /** Denies the request at once. */
  DENY
}
