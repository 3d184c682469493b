package dev.rolecall.verifier;

import dev.rolecall.proof.CallerProof;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Which unconfirmed proofs may be known here: those under way, and those whose refusal is
 * remembered. For a proof that is none of them it nearly always says so, at the price of an array's
 * element instead of a SHA-256 of the whole text; of one that is, never.
 *
 * <p>A count for each of many places, and a place for each signature. A peer chooses its signature,
 * so it can meet a place that is taken, and gains that its proof is hashed as any other. Safe for
 * use by many threads.
 */
final class SeenSignatures {

  /** 128 KiB. The refusals of ten seconds at the default limits take one place of sixteen. */
  private static final int PLACES = 1 << 15;

  private final AtomicIntegerArray counts = new AtomicIntegerArray(PLACES);

  /** Before the proof becomes known. */
  void add(int place) {
    counts.incrementAndGet(place);
  }

  /** After it has been forgotten; once for each {@link #add}. */
  void remove(int place) {
    counts.decrementAndGet(place);
  }

  /** False if the proof is not known; true says nothing. */
  boolean mayHave(CallerProof proof) {
    return counts.get(placeOf(proof)) != 0;
  }

  /** The place of a proof's signature. */
  static int placeOf(CallerProof proof) {
    int hash = proof.hashCode();
    return (hash ^ (hash >>> 16)) & (PLACES - 1);
  }
}
