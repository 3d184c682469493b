package dev.rolecall.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rolecall.access.call.CallOrigin;
import dev.rolecall.access.grant.Grants;
import dev.rolecall.access.internal.time.AccessTime;
import dev.rolecall.access.lookup.Withdrawals;
import dev.rolecall.identity.Caller;
import dev.rolecall.policy.AccessPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A caller that a connection has presented, and the decisions last made about it there.
 *
 * <p>Holds as many decisions as there are slots, one in each: the methods of a server are numbered
 * in the order they are first called, so those that a connection calls rarely share one. If they
 * do, they are decided anew in turn, which costs a look-up in the policy's own memory.
 */
final class CachedCaller {

  private static final int SLOTS = 16;
  private static final int NO_ROUND = -1;
  private static final int TOKEN_SLOTS = 4;

  /** The callers that one proxy passes on over one connection. */
  private static final int MAX_PASSED = 2_048;

  private static final TokenDecision[] NO_TOKENS = {};

  /** A plain class: a record would print the token. */
  private static final class TokenDecision {

    final String token;
    final CachedDecision decision;

    TokenDecision(String token, CachedDecision decision) {
      this.token = token;
      this.decision = decision;
    }
  }

  /**
   * The sender of its calls.
   *
   * @param origin the origin, with the credential that they present
   * @param passed the callers that it passes on, by their tokens; null if it is no trusted proxy
   */
  private record Sender(CallOrigin origin, @Nullable Cache<String, CachedCaller> passed) {

    static Sender of(CallOrigin origin, boolean isProxy) {
      return new Sender(
          origin,
          isProxy
              ? Caffeine.newBuilder().maximumSize(MAX_PASSED).executor(Runnable::run).build()
              : null);
    }
  }

  /** Of a caller that a proxy passes on: its calls have the proxy's. */
  private static final CallOrigin NOWHERE = CallOrigin.of("unknown");

  private final Sender sender;
  private final Caller caller;
  private final long notAfterMillis;
  private final long lapse;
  private final AtomicReferenceArray<@Nullable CachedDecision> decisions =
      new AtomicReferenceArray<>(SLOTS);

  /** Once found to be over, it is: whatever the clock says later. */
  private volatile boolean lapsed;

  /** The last round of withdrawals that it was found to stand in. A stale read asks once more. */
  private int round = NO_ROUND;

  private volatile boolean withdrawn;

  /**
   * The last round of locks, shifted by one, and in the lowest bit whether it was found locked in
   * it. The first value is no round's; were it one, the caller would be locked.
   */
  private int lockAnswer = NO_ROUND;

  private volatile TokenDecision[] byToken = NO_TOKENS;

  /** A caller without decisions, that passes on no others. */
  CachedCaller(Caller caller, long lapse) {
    this(NOWHERE, caller, lapse, false);
  }

  /**
   * A caller without decisions.
   *
   * @param origin the origin of its calls, whose headers are not known
   * @param lapse when its credential lapses by {@link AccessTime#elapsed}, whatever the clock says
   * @param isProxy whether it is a proxy whose word about other callers counts
   */
  CachedCaller(CallOrigin origin, Caller caller, long lapse, boolean isProxy) {
    this.sender = Sender.of(origin, isProxy);
    this.caller = caller;
    this.lapse = lapse;
    this.notAfterMillis = AccessTime.endMillis(caller.notAfter());
  }

  Caller caller() {
    return caller;
  }

  /** The origin of its calls, with the credential that they present. */
  CallOrigin origin() {
    return sender.origin();
  }

  /** When the credential lapses, in elapsed time. */
  long lapse() {
    return lapse;
  }

  /**
   * Whether the credential is good at that time.
   *
   * @param nowMillis the wall clock, in milliseconds of the epoch
   * @param elapsed nanoseconds since the control was made
   */
  boolean isGoodAt(long nowMillis, long elapsed) {
    if (nowMillis <= notAfterMillis && elapsed <= lapse) {
      return !lapsed;
    }
    lapsed = true;
    return false;
  }

  /**
   * Whether the credential has not been withdrawn. Asks only once a round: on nearly every call
   * this is a comparison of two numbers.
   */
  boolean stands(Withdrawals withdrawals) {
    int now = withdrawals.round();
    if (round == now) {
      return true;
    }
    if (withdrawn || withdrawals.of(caller).isPresent()) {
      withdrawn = true;
      return false;
    }
    round = now;
    return true;
  }

  /** Whether the caller is locked. Asks only once a round, as {@link #stands} does. */
  boolean isLocked(Grants grants) {
    int round = grants.lockRound() << 1;
    int known = lockAnswer;
    if ((known & ~1) != round) {
      known = grants.isLocked(caller) ? round | 1 : round;
      lockAnswer = known;
    }
    return (known & 1) != 0;
  }

  /** The decision on that method by that policy and that grant token, if it is held. */
  @Nullable CachedDecision decision(String token, CalledMethod method, AccessPolicy policy) {
    for (TokenDecision each : byToken) {
      if (each.decision.isFor(method, policy) && each.token.equals(token)) {
        return each.decision;
      }
    }
    return null;
  }

  /** Holds a decision by a grant token, in the place of the oldest such decision. */
  synchronized void hold(String token, CachedDecision decision) {
    List<TokenDecision> updated = new ArrayList<>();
    updated.add(new TokenDecision(token, decision));
    for (TokenDecision each : byToken) {
      // One token for a method: a client that has a new one does not send the old one again.
      if (updated.size() < TOKEN_SLOTS
          && !each.decision.admission().method().equals(decision.admission().method())) {
        updated.add(each);
      }
    }
    byToken = updated.toArray(NO_TOKENS);
  }

  /** Whether it is a proxy whose word about other callers counts. */
  boolean isProxy() {
    return sender.passed() != null;
  }

  /** The caller that it passed on with that token on this connection, if it is held. */
  @Nullable CachedCaller passed(String token) {
    Cache<String, CachedCaller> passed = sender.passed();
    return passed == null ? null : passed.getIfPresent(token);
  }

  /** Holds a caller that it passes on, in the place of the one with that token. */
  CachedCaller hold(String token, CachedCaller other) {
    Cache<String, CachedCaller> passed = sender.passed();
    if (passed != null) {
      passed.put(token, other);
    }
    return other;
  }

  /** Whether the credential was found to be withdrawn: what is verified anew takes its place. */
  boolean isWithdrawn() {
    return withdrawn;
  }

  /** The decision on that method by that policy, if it is held. */
  @Nullable CachedDecision decision(CalledMethod method, AccessPolicy policy) {
    CachedDecision held = decisions.get(slot(method));
    return held != null && held.isFor(method, policy) ? held : null;
  }

  /** Holds a decision, in the place of the one in its slot. */
  void hold(CachedDecision decision) {
    decisions.set(slot(decision.admission().method()), decision);
  }

  private static int slot(CalledMethod method) {
    return method.number() & (SLOTS - 1);
  }
}
