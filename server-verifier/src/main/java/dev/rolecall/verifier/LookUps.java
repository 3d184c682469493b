package dev.rolecall.verifier;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.RefusalReason;
import dev.rolecall.verifier.limits.Asker;
import dev.rolecall.verifier.limits.Entry;
import dev.rolecall.verifier.limits.LookUpLimits;
import dev.rolecall.verifier.limits.Outcome;
import dev.rolecall.verifier.limits.Place;
import dev.rolecall.verifier.limits.Ticket;
import dev.rolecall.verifier.sts.RetryAfter;
import dev.rolecall.verifier.sts.StsEndpoint;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The look-ups under way: one a proof, within limits. What goes over a limit is turned away at
 * once; what queues does so for the verifier's own question to an endpoint, and for nothing else.
 */
final class LookUps {

  private final LookUpLimits limits;
  private final RetryAfter retryAfter;
  private final SeenSignatures seen;
  private final ConcurrentMap<ProofDigest, LookUp> underWay = new ConcurrentHashMap<>();

  /**
   * No look-ups yet.
   *
   * @param seen is told of each proof while its look-up is under way
   */
  LookUps(LookUpLimits limits, RandomGenerator random, SeenSignatures seen) {
    this.limits = requireNonNull(limits, "limits");
    this.seen = requireNonNull(seen, "seen");
    this.retryAfter = new RetryAfter(random);
  }

  /**
   * The verdict on a proof whose look-up is not under way, if it may not begin either: what {@link
   * #join} would say, without a digest and without taking places for a moment.
   */
  Optional<Verification> turnedAway(Asker asker, StsEndpoint endpoint) {
    return limits.turnsAway(asker, endpoint) ? Optional.of(tooMany()) : Optional.empty();
  }

  /**
   * Joins the proof's look-up, or begins it.
   *
   * @param begin given what to do, by the one that begins
   */
  CompletableFuture<Verification> join(
      ProofDigest proof, Asker asker, StsEndpoint endpoint, Consumer<Begun> begin) {
    Place seat = limits.tryWait(asker);
    if (seat == null) {
      return CompletableFuture.completedFuture(tooMany());
    }
    LookUp lookUp = underWay.get(proof);
    if (lookUp != null) {
      return await(lookUp, seat);
    }
    Entry entry = enterOrLeave(asker, endpoint, seat);
    if (entry == null) {
      return CompletableFuture.completedFuture(tooMany());
    }
    LookUp fresh = new LookUp();
    seen.add(proof.place());
    LookUp earlier = underWay.putIfAbsent(proof, fresh);
    if (earlier != null) {
      seen.remove(proof.place());
      entry.giveBack();
      return await(earlier, seat);
    }
    CompletableFuture<Verification> mine = await(fresh, seat);
    Begun begun = new Begun(proof, asker, endpoint, fresh, entry);
    try {
      begin.accept(begun);
    } catch (RuntimeException | Error e) {
      // Others may have joined it, and more will come with the same proof.
      begun.finish(
          new Verification.Unavailable(RefusalReason.DEFECT, Optional.empty()), Outcome.NOT_ASKED);
      throw e;
    }
    return mine;
  }

  /** Null if it may not begin; then, or if something throws, the seat is given back. */
  private @Nullable Entry enterOrLeave(Asker asker, StsEndpoint endpoint, Place seat) {
    Entry entry = null;
    try {
      entry = limits.enter(asker, endpoint);
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

    private final ProofDigest proof;
    private final Asker asker;
    private final StsEndpoint endpoint;
    private final LookUp lookUp;
    private Entry entry;

    private Begun(
        ProofDigest proof, Asker asker, StsEndpoint endpoint, LookUp lookUp, Entry entry) {
      this.proof = proof;
      this.asker = asker;
      this.endpoint = endpoint;
      this.lookUp = lookUp;
      this.entry = entry;
    }

    ProofDigest proof() {
      return proof;
    }

    StsEndpoint endpoint() {
      return endpoint;
    }

    /** Whether everybody who waited has left. */
    boolean isDeserted() {
      return lookUp.isDeserted();
    }

    /** Whether it may be sent; if not, the endpoint has to answer the verifier's question first. */
    boolean mayBeSent() {
      return entry instanceof Ticket;
    }

    /** The endpoint has answered that question: whether the look-up may be sent now. */
    boolean goesOn() {
      Ticket ticket = limits.afterQuestion(asker, endpoint);
      if (ticket == null) {
        return false;
      }
      entry.giveBack();
      entry = ticket;
      return true;
    }

    /** Ends it, and tells those who wait, on this thread. Called once. */
    void finish(Verification verdict, Outcome outcome) {
      try {
        underWay.remove(proof, lookUp);
        seen.remove(proof.place());
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
