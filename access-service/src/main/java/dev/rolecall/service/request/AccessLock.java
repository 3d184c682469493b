package dev.rolecall.service.request;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A lock: it takes all access from its target while it holds.
 *
 * @param id its id, opaque
 * @param revision the store's revision of its last change
 * @param target the callers it is for
 * @param limits how far it goes
 * @param locked who set it, when and why
 * @param unlocked who took it away, when and why
 */
public record AccessLock(
    String id,
    long revision,
    LockTarget target,
    Limits limits,
    Act locked,
    Optional<Act> unlocked) {

  /** Checks that nothing is null. */
  public AccessLock {
    requireNonNull(id, "id");
    requireNonNull(target, "target");
    requireNonNull(limits, "limits");
    requireNonNull(locked, "locked");
    requireNonNull(unlocked, "unlocked");
  }

  /** Whether it holds at a moment of the store's clock. */
  public boolean holdsAt(Instant moment) {
    return unlocked.isEmpty() && limits.until().map(moment::isBefore).orElse(true);
  }

  /**
   * The limits of a lock, in whole milliseconds.
   *
   * @param until when it ends; empty for without an end
   * @param issuedBefore only credentials that were issued before; empty for all
   */
  public record Limits(Optional<Instant> until, Optional<Instant> issuedBefore) {

    /** All credentials, without an end. */
    public static final Limits NONE = new Limits(Optional.empty(), Optional.empty());

    /** Cuts the times to milliseconds. */
    public Limits {
      until = until.map(time -> time.truncatedTo(ChronoUnit.MILLIS));
      issuedBefore = issuedBefore.map(time -> time.truncatedTo(ChronoUnit.MILLIS));
    }
  }
}
