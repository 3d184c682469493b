package dev.rolecall.verifier;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.rolecall.identity.Caller;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.verifier.metrics.VerifierMetrics;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What STS said of proofs it was asked about.
 *
 * <p>Three caches, so that a flood of forged proofs cannot push verified callers out, nor a flood
 * of good proofs of strangers: only STS's yes lets a proof into the first, and only of a caller
 * whom something here could admit. A yes lasts until the proof lapses, in elapsed time, so a clock
 * that steps back brings nothing back; a no lasts a moment; an outage is not remembered at all.
 *
 * <table>
 *   <caption>The caches</caption>
 *   <tr><th></th><th>key</th><th>an entry's size</th></tr>
 *   <tr><td>verified</td><td>the proof</td><td>twice its text (fields are copies), and 1 KiB</td></tr>
 *   <tr><td>of no use</td><td>the proof</td><td>the same; a sixteenth of the space</td></tr>
 *   <tr><td>refused</td><td>the proof's digest</td><td>400 bytes</td></tr>
 * </table>
 */
final class RememberedAnswers {

  private static final int VERIFIED_OVERHEAD = 1_024;
  private static final int REFUSED_SIZE = 400;

  /** Which part of the space for confirmed callers those have whom nothing here could admit. */
  private static final int PART_OF_NO_USE = 16;

  private final Cache<CallerProof, Verification.Verified> verified;
  private final Cache<CallerProof, Verification.Verified> ofNoUse;
  private final Cache<ProofDigest, Verification.Refused> refused;
  private final VerifierMetrics metrics;
  private final SeenSignatures seen;

  /**
   * Nothing remembered yet.
   *
   * @param seen is told of each proof whose refusal is remembered
   */
  RememberedAnswers(
      Bounds bounds,
      Clock clock,
      LongSupplier ticker,
      VerifierMetrics metrics,
      SeenSignatures seen) {
    this.metrics = requireNonNull(metrics, "metrics");
    this.seen = requireNonNull(seen, "seen");
    // Maintenance runs on the calling thread: it is short, and no thread pool is borrowed for it.
    this.verified = confirmations(bounds.verified(), clock, ticker);
    this.ofNoUse = confirmations(bounds.verified().part(PART_OF_NO_USE), clock, ticker);
    this.refused =
        Caffeine.newBuilder()
            .executor(Runnable::run)
            .ticker(ticker::getAsLong)
            .maximumWeight(bounds.refused().bytes())
            .<ProofDigest, Verification.Refused>weigher(
                (proof, answer) -> bounds.refused().weight(size(answer)))
            .expireAfterWrite(bounds.refusalLife())
            .<ProofDigest, Verification.Refused>removalListener(
                (proof, answer, cause) -> seen.remove(requireNonNull(proof, "proof").place()))
            .build();
  }

  private static long size(Verification.Refused answer) {
    int signer = answer.facts().flatMap(ProofFacts::signer).map(String::length).orElse(0);
    return REFUSED_SIZE + (long) signer;
  }

  private static Cache<CallerProof, Verification.Verified> confirmations(
      CacheBound bound, Clock clock, LongSupplier ticker) {
    return Caffeine.newBuilder()
        .executor(Runnable::run)
        .ticker(ticker::getAsLong)
        .maximumWeight(bound.bytes())
        .<CallerProof, Verification.Verified>weigher(
            (proof, answer) -> bound.weight(2L * proof.text().length() + VERIFIED_OVERHEAD))
        .expireAfter(
            Expiry.<CallerProof, Verification.Verified>creating(
                (proof, answer) -> untilItLapses(clock, answer.caller())))
        .build();
  }

  private static Duration untilItLapses(Clock clock, Caller caller) {
    Duration left = Duration.between(clock.instant(), caller.notAfter());
    // A nanosecond more: the cache drops an entry at that time, and a proof is good at its end.
    return left.isNegative() ? Duration.ZERO : left.plusNanos(1);
  }

  /** The caller whose proof this is, if STS has confirmed it. */
  Optional<Verification> verified(CallerProof proof) {
    Verification yes = confirmed(proof);
    metrics.verifiedLookedUp(yes != null);
    return Optional.ofNullable(yes);
  }

  private @Nullable Verification confirmed(CallerProof proof) {
    Verification yes = verified.getIfPresent(proof);
    return yes != null ? yes : ofNoUse.getIfPresent(proof);
  }

  /** The refusal of the proof, if STS refused it a moment ago. */
  Optional<Verification> refused(ProofDigest proof) {
    Verification no = refused.getIfPresent(proof);
    metrics.refusedLookedUp(no != null);
    return Optional.ofNullable(no);
  }

  /** Counts a look for a refusal that was known to be in vain. */
  void notRefused() {
    metrics.refusedLookedUp(false);
  }

  /** How many refusals are remembered. */
  long refusalsRemembered() {
    refused.cleanUp();
    return refused.estimatedSize();
  }

  /** Either, for one who has looked in vain already: it is not counted again. */
  Optional<Verification> meanwhile(CallerProof proof, ProofDigest digest) {
    Verification yes = confirmed(proof);
    return Optional.ofNullable(yes != null ? yes : refused.getIfPresent(digest));
  }

  /** Remembers an answer, unless it is none. */
  void remember(CallerProof proof, ProofDigest digest, Finding found) {
    Verification answer = found.verification();
    if (answer instanceof Verification.Verified yes) {
      (found.isOfNoUse() ? ofNoUse : verified).put(proof, yes);
    } else if (answer instanceof Verification.Refused no) {
      seen.add(digest.place());
      if (refused.asMap().putIfAbsent(digest, no) != null) {
        seen.remove(digest.place());
      }
    }
  }

  /**
   * How much is remembered, and how long a refusal.
   *
   * @param refusalLife up to a minute
   */
  record Bounds(CacheBound verified, CacheBound refused, Duration refusalLife) {

    private static final Duration CEILING = Duration.ofMinutes(1);

    Bounds {
      requireNonNull(verified, "verified");
      requireNonNull(refused, "refused");
      if (refusalLife.isNegative() || refusalLife.compareTo(CEILING) > 0) {
        throw new IllegalArgumentException(
            "refusalLife: " + refusalLife + " (expected: PT0S to " + CEILING + ")");
      }
    }
  }
}
