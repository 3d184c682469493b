package dev.rolecall.access.lookup;

import dev.rolecall.access.scheme.CredentialKey;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * A counting filter over the unconfirmed credentials that are known here: those under way, and
 * those whose refusal is remembered. False means certainly unknown, at the price of an array's
 * element instead of a SHA-256 of the whole text; true says nothing.
 *
 * <p>A count for each of many places, and a place for each credential's hash. A peer chooses its
 * credential, so it can meet a place that is taken, and gains that its credential is hashed as any
 * other. Safe for use by many threads.
 */
final class PendingFilter {

  /** 128 KiB. The refusals of ten seconds at the default limits take one place of sixteen. */
  private static final int PLACES = 1 << 15;

  private final AtomicIntegerArray counts = new AtomicIntegerArray(PLACES);

  /** Before the credential becomes known. */
  void add(int place) {
    counts.incrementAndGet(place);
  }

  /** After it has been forgotten; once for each {@link #add}. */
  void remove(int place) {
    counts.decrementAndGet(place);
  }

  /** False if the credential is not known; true says nothing. */
  boolean mayHave(CredentialKey key) {
    return counts.get(placeOf(key)) != 0;
  }

  /** The place of a credential. */
  static int placeOf(CredentialKey key) {
    int hash = key.hashCode();
    return (hash ^ (hash >>> 16)) & (PLACES - 1);
  }
}
