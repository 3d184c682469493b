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
   * @param begin given what to do, by the one that begins
   */
  CompletableFuture<Verification> join(
      CredentialDigest credential, LookupSource source, Issuer issuer, Consumer<Begun> begin) {
    Place seat = limits.tryWait(source);
    if (seat == null) {
      return CompletableFuture.completedFuture(tooMany());
    }
    LookUp lookUp = underWay.get(credential);
    if (lookUp != null) {
      return await(lookUp, seat);
    }
    Entry entry = enterOrLeave(source, issuer, seat);
    if (entry == null) {
      return CompletableFuture.completedFuture(tooMany());
    }
    LookUp fresh = new LookUp();
    pending.add(credential.place());
    LookUp earlier = underWay.putIfAbsent(credential, fresh);
    if (earlier != null) {
      pending.remove(credential.place());
      entry.giveBack();
      return await(earlier, seat);
    }
    CompletableFuture<Verification> mine = await(fresh, seat);
    Begun begun = new Begun(credential, source, issuer, fresh, entry);
    try {
      begin.accept(begun);
    } catch (RuntimeException | Error e) {
      // Others may have joined it, and more will come with the same credential.
      begun.finish(
          new Verification.Unavailable(RefusalReason.DEFECT, Optional.empty()),
          Settlement.NOT_ASKED);
      throw e;
    }
    return mine;
  }

  /** Null if it may not begin; then, or if something throws, the seat is given back. */
  private @Nullable Entry enterOrLeave(LookupSource source, Issuer issuer, Place seat) {
    Entry entry = null;
    try {
      entry = limits.enter(source, issuer);
      return entry;
    } finally {
      if (entry == null) {
        seat.release();
      }
    }
  }

  Verification tooMany() {
    return new Verification.Unavailable(
        RefusalReason.TOO_MANY_LOOKUPS, Optional.of(retryAfter.soon()));
  }

  private static CompletableFuture<Verification> await(LookUp lookUp, Place seat) {
    CompletableFuture<Verification> mine = lookUp.join();
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
    private final LookUp lookUp;
    private Entry entry;

    private Begun(
        CredentialDigest credential,
        LookupSource source,
        Issuer issuer,
        LookUp lookUp,
        Entry entry) {
      this.credential = credential;
      this.source = source;
      this.issuer = issuer;
      this.lookUp = lookUp;
      this.entry = entry;
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
      entry.giveBack();
      entry = ticket;
      return true;
    }

    /** Ends it, and tells those who wait, on this thread. Called once. */
    void finish(Verification verdict, Settlement outcome) {
      try {
        underWay.remove(credential, lookUp);
        pending.remove(credential.place());
        if (entry instanceof Ticket ticket) {
          ticket.settle(outcome);
        } else {
          entry.giveBack();
        }
      } finally {
        lookUp.finish(verdict);
      }
    }
  }
}
