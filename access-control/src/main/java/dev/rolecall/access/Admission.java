package dev.rolecall.access;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.call.CallOrigin;
import dev.rolecall.access.grant.GrantedRight;
import dev.rolecall.access.internal.time.AccessTime;
import dev.rolecall.identity.Caller;
import org.jspecify.annotations.Nullable;

/**
 * The terms that a call is admitted on. One object serves all calls with one credential on one
 * connection to one method.
 *
 * @param method the method called
 * @param origin the origin of its calls; with the headers of the one call where the decision holds
 *     for no other
 * @param caller the caller; null for a public method
 * @param endMillis when it ends, in milliseconds of the epoch
 * @param endElapsed when it ends by {@link AccessTime#elapsed}, whatever the clock says
 * @param ground why it is admitted
 */
public record Admission(
    CalledMethod method,
    CallOrigin origin,
    @Nullable Caller caller,
    long endMillis,
    long endElapsed,
    Ground ground)
    implements Outcome, Recheck.Finding {

  /** The ground of an admission. */
  public sealed interface Ground {}

  /** Admitted by a rule that requires no grant, or as a call of a public method. */
  record ByRule() implements Ground {
    static final Ground GROUND = new ByRule();
  }

  /** Admitted by a rule while its caller holds the grant that the rule requires. */
  record ByGrant(GrantedRight right) implements Ground {
    ByGrant {
      requireNonNull(right, "right");
    }
  }

  /** Admitted and recorded instead of refused. */
  record InsteadOfRefusal() implements Ground {
    static final Ground GROUND = new InsteadOfRefusal();
  }

  /** Checks that nothing is absent. */
  public Admission {
    requireNonNull(method, "method");
    requireNonNull(origin, "origin");
    requireNonNull(ground, "ground");
  }

  /** An admission by a rule, or of a public method. */
  public Admission(
      CalledMethod method,
      CallOrigin origin,
      @Nullable Caller caller,
      long endMillis,
      long endElapsed) {
    this(method, origin, caller, endMillis, endElapsed, ByRule.GROUND);
  }

  /** Whether the call was admitted and recorded instead of refused. */
  public boolean insteadOfRefusal() {
    return ground instanceof InsteadOfRefusal;
  }

  /**
   * The right that grants give its caller, which the call ends with; null if it rests on no grant.
   * It holds for all its calls alike.
   */
  public @Nullable GrantedRight right() {
    return ground instanceof ByGrant byGrant ? byGrant.right() : null;
  }

  /** The same by a rule that requires no grant; itself where it rests on no grant. */
  Admission onRule() {
    return right() == null ? this : on(ByRule.GROUND);
  }

  /** The same on another ground. */
  Admission on(Ground other) {
    return new Admission(method, origin, caller, endMillis, endElapsed, other);
  }

  /** The peer's address, for the records. */
  public String peer() {
    return origin.peer();
  }

  /** The same, with those ends; itself where it has them already. */
  Admission endingAt(long millis, long elapsed) {
    return millis == endMillis && elapsed == endElapsed
        ? this
        : new Admission(method, origin, caller, millis, elapsed, ground);
  }

  /** Whether it has ended by that time, as either clock has it. */
  boolean isOverAt(long millis, long elapsed) {
    return millis >= endMillis || elapsed >= endElapsed;
  }
}
