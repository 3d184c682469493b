package dev.rolecall.verifier;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.RefusalReason;
import dev.rolecall.verifier.sts.RetryAfter;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * The look-ups under way: one a proof, so many in total and for one peer, so many that STS may
 * refuse, and so many calls waiting for them. What goes over a limit is turned away at once;
 * nothing queues.
 */
final class LookUps {

  private final PeerLimit asking;
  private final PeerLimit waiting;
  private final RefusalBudget refusals;
  private final RetryAfter retryAfter;
  private final SeenSignatures seen;
  private final ConcurrentMap<ProofDigest, LookUp> underWay = new ConcurrentHashMap<>();

  /**
   * No look-ups yet.
   *
   * @param seen is told of each proof while its look-up is under way
   */
  LookUps(Limits limits, LongSupplier ticker, RandomGenerator random, SeenSignatures seen) {
    this.seen = requireNonNull(seen, "seen");
    this.asking = new PeerLimit(limits.lookUps());
    this.waiting = new PeerLimit(limits.waiting());
    this.refusals = limits.budget(ticker);
    this.retryAfter = new RetryAfter(random);
  }

  /**
   * The verdict on a proof whose look-up is not under way, if it may not begin either: what {@link
   * #join} would say, without a digest and without taking places for a moment.
   */
  Optional<Verification> turnedAway(Asker asker) {
    return refusals.hasPermit(asker) ? Optional.empty() : Optional.of(tooMany());
  }

  /**
   * Joins the proof's look-up, or begins it.
   *
   * @param begin given what to call with the verdict, once; called by the one that begins
   */
  CompletableFuture<Verification> join(
      ProofDigest proof, Asker asker, Consumer<Consumer<Verification>> begin) {
    String peer = asker.peer();
    if (!waiting.tryAcquire(peer)) {
      return CompletableFuture.completedFuture(tooMany());
    }
    LookUp lookUp = underWay.get(proof);
    if (lookUp != null) {
      return await(lookUp, peer);
    }
    RefusalBudget.Stake stake = refusals.stake(asker);
    if (stake == null) {
      waiting.release(peer);
      return CompletableFuture.completedFuture(tooMany());
    }
    if (!asking.tryAcquire(peer)) {
      stake.giveBack();
      waiting.release(peer);
      return CompletableFuture.completedFuture(tooMany());
    }
    LookUp fresh = new LookUp();
    seen.add(proof.place());
    LookUp earlier = underWay.putIfAbsent(proof, fresh);
    if (earlier != null) {
      seen.remove(proof.place());
      stake.giveBack();
      asking.release(peer);
      return await(earlier, peer);
    }
    CompletableFuture<Verification> mine = await(fresh, peer);
    begin.accept(
        verdict -> {
          underWay.remove(proof, fresh);
          seen.remove(proof.place());
          settle(asker, stake, verdict);
          asking.release(peer);
          fresh.finish(verdict);
        });
    return mine;
  }

  private Verification tooMany() {
    return new Verification.Unavailable(
        RefusalReason.TOO_MANY_PROOFS, Optional.of(retryAfter.soon()));
  }

  private CompletableFuture<Verification> await(LookUp lookUp, String peer) {
    CompletableFuture<Verification> mine = lookUp.join();
    var unused = mine.whenComplete((verdict, left) -> waiting.release(peer));
    return mine;
  }

  /** Whether the look-up's permit is spent depends on what came of it. */
  private void settle(Asker asker, RefusalBudget.Stake stake, Verification verdict) {
    if (verdict instanceof Verification.Refused) {
      stake.spend();
    } else {
      stake.giveBack();
    }
    if (verdict instanceof Verification.Verified) {
      refusals.confirm(asker);
    }
  }

  int callsWaiting() {
    return waiting.underWay();
  }

  int peersRemembered() {
    return asking.peersRemembered() + waiting.peersRemembered();
  }

  long refusalsRemembered() {
    return refusals.remembered();
  }

  /**
   * How many at once, and how many a second.
   *
   * @param lookUps questions to STS
   * @param waiting calls that wait for one
   * @param refusals questions a second that STS may refuse; at once as many as may be under way
   */
  record Limits(PeerLimit.Bound lookUps, PeerLimit.Bound waiting, PeerLimit.Bound refusals) {
    Limits {
      requireNonNull(lookUps, "lookUps");
      requireNonNull(waiting, "waiting");
      requireNonNull(refusals, "refusals");
    }

    private RefusalBudget budget(LongSupplier ticker) {
      return new RefusalBudget(
          new TokenBucket.Rate(refusals.total(), lookUps.total()),
          new TokenBucket.Rate(refusals.perPeer(), lookUps.perPeer()),
          ticker);
    }
  }
}
