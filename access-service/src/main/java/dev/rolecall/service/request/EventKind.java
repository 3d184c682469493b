package dev.rolecall.service.request;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of events. Each has a word for records and for the wire. */
public enum EventKind {
  /** A request was made. */
  REQUEST_CREATED("request.created"),
  /** A reviewer approved, and more must. */
  REQUEST_REVIEWED("request.reviewed"),
  /** The last approval that was needed; the grant was made. */
  REQUEST_APPROVED("request.approved"),
  /** A reviewer denied a request. */
  REQUEST_DENIED("request.denied"),
  /** The requester took a request back. */
  REQUEST_CANCELLED("request.cancelled"),
  /** The time to decide a request was over. */
  REQUEST_LAPSED("request.lapsed"),
  /** Emergency access was taken: the request and its grant were made. */
  GLASS_BROKEN("request.glass_broken"),
  /** A scheduled grant has started. */
  GRANT_STARTED("grant.started"),
  /** A grant has a later end: the last approval of an extension. */
  GRANT_EXTENDED("grant.extended"),
  /** A grant's time was over. */
  GRANT_EXPIRED("grant.expired"),
  /** A grant was ended before its time. */
  GRANT_REVOKED("grant.revoked"),
  /** A reviewer found emergency access right. */
  GLASS_ACKNOWLEDGED("grant.acknowledged"),
  /** A reviewer found emergency access wrong. */
  GLASS_FLAGGED("grant.flagged"),
  /** A token of a grant was issued. */
  TOKEN_ISSUED("token.issued"),
  /** A lock was set. */
  LOCK_SET("lock.locked"),
  /** A lock was taken away. */
  LOCK_LIFTED("lock.unlocked"),
  /** A signing key was made; it signs later. */
  KEY_ADDED("key.added"),
  /** A signing key signs from now on. */
  KEY_ACTIVATED("key.activated"),
  /** A signing key is trusted no longer. */
  KEY_WITHDRAWN("key.withdrawn");

  private final String word;

  EventKind(String word) {
    this.word = word;
  }

  /** The word for it. */
  public String word() {
    return word;
  }

  /** The kind of a word; empty for a word of a newer program. */
  public static Optional<EventKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
  }
}
