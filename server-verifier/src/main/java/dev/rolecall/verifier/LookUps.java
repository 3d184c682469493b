package dev.rolecall.verifier;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.RefusalReason;
import dev.rolecall.verifier.sts.RetryAfter;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/**
 * The look-ups under way: one a proof, so many in total and for one peer, and so many calls waiting
 * for them. What goes over a limit is turned away at once; nothing queues.
 */
final class LookUps {

  private final PeerLimit asking;
  private final PeerLimit waiting;
  private final RetryAfter retryAfter;
  private final ConcurrentMap<ProofDigest, LookUp> underWay = new ConcurrentHashMap<>();

  LookUps(Limits limits, RetryAfter retryAfter) {
    this.asking = new PeerLimit(limits.lookUps());
    this.waiting = new PeerLimit(limits.waiting());
    this.retryAfter = retryAfter;
  }

  /**
   * Joins the proof's look-up, or begins it.
   *
   * @param begin given what to call with the verdict, once; called by the one that begins
   */
  CompletableFuture<Verification> join(
      ProofDigest proof, String peer, Consumer<Consumer<Verification>> begin) {
    if (!waiting.tryAcquire(peer)) {
      return CompletableFuture.completedFuture(tooMany());
    }
    LookUp lookUp = underWay.get(proof);
    if (lookUp != null) {
      return await(lookUp, peer);
    }
    if (!asking.tryAcquire(peer)) {
      waiting.release(peer);
      return CompletableFuture.completedFuture(tooMany());
    }
    LookUp fresh = new LookUp();
    LookUp earlier = underWay.putIfAbsent(proof, fresh);
    if (earlier != null) {
      asking.release(peer);
      return await(earlier, peer);
    }
    CompletableFuture<Verification> mine = await(fresh, peer);
    begin.accept(verdict -> end(proof, fresh, peer, verdict));
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

  private void end(ProofDigest proof, LookUp lookUp, String peer, Verification verdict) {
    underWay.remove(proof, lookUp);
    asking.release(peer);
    lookUp.finish(verdict);
  }

  int callsWaiting() {
    return waiting.underWay();
  }

  int peersRemembered() {
    return asking.peersRemembered() + waiting.peersRemembered();
  }

  /**
   * How many at once.
   *
   * @param lookUps questions to STS
   * @param waiting calls that wait for one
   */
  record Limits(PeerLimit.Bound lookUps, PeerLimit.Bound waiting) {
    Limits {
      requireNonNull(lookUps, "lookUps");
      requireNonNull(waiting, "waiting");
    }
  }
}
