package dev.rolecall.access.lookup;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.limits.Entry;
import dev.rolecall.access.internal.limits.LookupGate;
import dev.rolecall.access.internal.limits.LookupSource;
import dev.rolecall.access.internal.limits.Place;
import dev.rolecall.access.internal.limits.Settlement;
import dev.rolecall.access.internal.limits.Ticket;
import dev.rolecall.access.runtime.RetryAfter;
import dev.rolecall.access.scheme.Issuer;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.RefusalReason;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The look-ups under way: one a credential, within limits. What goes over a limit is turned away at
 * once; what queues does so for the verifier's own question to an issuer, and for nothing else.
 */
final class LookUps {

  private final LookupGate limits;
  private final RetryAfter retryAfter;
  private final PendingFilter pending;
  private final ConcurrentMap<CredentialDigest, LookUp> underWay = new ConcurrentHashMap<>();

  /**
   * No look-ups yet.
   *
   * @param pending is told of each credential while its look-up is under way
   */
  LookUps(LookupGate limits, RetryAfter retryAfter, PendingFilter pending) {
    this.limits = requireNonNull(limits, "limits");
    this.pending = requireNonNull(pending, "pending");
    this.retryAfter = requireNonNull(retryAfter, "retryAfter");
  }

  /**
   * Whether a credential whose look-up is not under way may not begin one either: what {@link
   * #join} would say, without a digest and without taking places for a moment.
   */
  boolean turnsAway(LookupSource source, Issuer issuer) {
    return limits.turnsAway(source, issuer);
  }

  /**
   * Joins the credential's look-up, or begins it.
   *
   * @param seen the verdict as the connection of this call has it
   * @param begin given what to do, by the one that begins
   */
  CompletableFuture<Verification> join(
      CredentialDigest credential,
      LookupSource source,
      Issuer issuer,
      UnaryOperator<Verification> seen,
      Consumer<Begun> begin) {
    Place seat = limits.tryWait(source);
    if (seat == null) {
      return CompletableFuture.completedFuture(tooMany());
    }
    LookUp earlier = underWay.get(credential);
    return earlier != null
        ? await(earlier, seat, seen)
        : joinOrBegin(new Begun(credential, source, issuer), seat, seen, begin);
  }

  private CompletableFuture<Verification> joinOrBegin(
      Begun mine, Place seat, UnaryOperator<Verification> seen, Consumer<Begun> begin) {
    LookUp lookUp = null;
    try {
      // One at a time for a credential: calls that will join take no places, not for a moment
      // either, or the one that begins may find none.
      lookUp =
          underWay.computeIfAbsent(mine.credential, missing -> mine.enters() ? mine.lookUp : null);
    } finally {
      if (lookUp == null) {
        seat.release();
      }
    }
    if (lookUp == null) {
      return CompletableFuture.completedFuture(tooMany());
    }
    CompletableFuture<Verification> verdict = await(lookUp, seat, seen);
    if (lookUp == mine.lookUp) {
      begin(mine, begin);
    }
    return verdict;
  }

  private static void begin(Begun mine, Consumer<Begun> begin) {
    try {
      begin.accept(mine);
    } catch (RuntimeException | Error e) {
      // Others may have joined it, and more will come with the same credential.
      mine.finish(
          new Verification.Unavailable(RefusalReason.DEFECT, Optional.empty()),
          Settlement.NOT_ASKED);
      throw e;
    }
  }

  Verification tooMany() {
    return new Verification.Unavailable(
        RefusalReason.TOO_MANY_LOOKUPS, Optional.of(retryAfter.soon()));
  }

  private static CompletableFuture<Verification> await(
      LookUp lookUp, Place seat, UnaryOperator<Verification> seen) {
    CompletableFuture<Verification> mine = lookUp.join(seen);
    var unused = mine.whenComplete((verdict, left) -> seat.release());
    return mine;
  }

  int callsWaiting() {
    return limits.callsWaiting();
  }

  int networksRemembered() {
    return limits.networksRemembered();
  }

  long refusalsRemembered() {
    return limits.refusalsRemembered();
  }

  /** A look-up that began. Its steps follow one another, on whatever threads. */
  final class Begun {

    private final CredentialDigest credential;
    private final LookupSource source;
    private final Issuer issuer;
    private final LookUp lookUp = new LookUp();
    private @Nullable Entry entry;

    private Begun(CredentialDigest credential, LookupSource source, Issuer issuer) {
      this.credential = credential;
      this.source = source;
      this.issuer = issuer;
    }

    /** Takes what a look-up needs, if it may begin. */
    private boolean enters() {
      entry = limits.enter(source, issuer);
      if (entry == null) {
        return false;
      }
      pending.add(credential.place());
      return true;
    }

    CredentialDigest credential() {
      return credential;
    }

    /** Whether everybody who waited has left. */
    boolean isDeserted() {
      return lookUp.isDeserted();
    }

    /** Whether it may be sent; if not, the issuer has to answer the verifier's question first. */
    boolean mayBeSent() {
      return entry instanceof Ticket;
    }

    /** The issuer has answered that question: whether the look-up may be sent now. */
    boolean goesOn() {
      Ticket ticket = limits.afterQuestion(source, issuer);
      if (ticket == null) {
        return false;
      }
      entered().giveBack();
      entry = ticket;
      return true;
    }

    private Entry entered() {
      return requireNonNull(entry, "entry");
    }

    /** Ends it, and tells those who wait, on this thread. Called once. */
    void finish(Verification verdict, Settlement outcome) {
      try {
        underWay.remove(credential, lookUp);
        pending.remove(credential.place());
        if (entry instanceof Ticket ticket) {
          ticket.settle(outcome);
        } else {
          entered().giveBack();
        }
      } finally {
        lookUp.finish(verdict);
      }
    }
  }
}
