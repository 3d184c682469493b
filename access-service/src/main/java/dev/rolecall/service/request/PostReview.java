package dev.rolecall.service.request;

/** The state of the review of emergency access. */
public enum PostReview {
  /** Waits for a reviewer. */
  REQUIRED,
  /** A reviewer found it right. */
  ACKNOWLEDGED,
  /**
   * A reviewer found it wrong. The grant was revoked, if it still held, and its holder has no more
   * emergency access for the permission until an administrator acknowledges this one.
   */
  FLAGGED
}
