package dev.rolecall.verifier.grpc;

import dev.rolecall.identity.Caller;
import dev.rolecall.policy.AccessPolicy;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A caller that a connection has shown, and the permits it was last given there.
 *
 * <p>Holds as many permits as there are slots, one in each: the methods of a server are numbered in
 * the order they are first called, so those that a connection calls rarely share one. If they do,
 * they are decided anew in turn, which costs a look-up in the policy's own memory.
 */
final class KnownCaller {

  private static final int SLOTS = 16;

  private final Caller caller;
  private final long notAfterMillis;
  private final long lapse;
  private final AtomicReferenceArray<@Nullable Permit> permits = new AtomicReferenceArray<>(SLOTS);

  /** Once found to be over, it is: whatever the clock says later. */
  private volatile boolean lapsed;

  /**
   * A caller without permits.
   *
   * @param lapse when its proof lapses by {@link GuardTime#elapsed}, whatever the clock says
   */
  KnownCaller(Caller caller, long lapse) {
    this.caller = caller;
    this.lapse = lapse;
    this.notAfterMillis = caller.notAfter().toEpochMilli();
  }

  Caller caller() {
    return caller;
  }

  /** When the proof lapses, in elapsed time. */
  long lapse() {
    return lapse;
  }

  /**
   * Whether the proof is good at that time.
   *
   * @param nowMillis the wall clock, in milliseconds of the epoch
   * @param elapsed nanoseconds since the guard was made
   */
  boolean isGoodAt(long nowMillis, long elapsed) {
    if (nowMillis <= notAfterMillis && elapsed <= lapse) {
      return !lapsed;
    }
    lapsed = true;
    return false;
  }

  /** The permit for that method by that policy, if it is held. */
  @Nullable Permit permit(CalledMethod method, AccessPolicy policy) {
    Permit held = permits.get(slot(method));
    return held != null && held.isFor(method, policy) ? held : null;
  }

  /** Holds a permit, in the place of the one in its slot. */
  void hold(Permit permit) {
    permits.set(slot(permit.admission().method()), permit);
  }

  private static int slot(CalledMethod method) {
    return method.number() & (SLOTS - 1);
  }
}
