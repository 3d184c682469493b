package dev.rolecall.access.lookup;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.rolecall.access.internal.metrics.LookupMetrics;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.CredentialKey;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.Caller;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The answers of issuers about credentials.
 *
 * <p>Three caches, so that a flood of forged credentials cannot push verified callers out, nor a
 * flood of good credentials of strangers: only an issuer's yes lets a credential into the first,
 * and only of a caller that something here could admit. A yes lasts until the credential lapses, in
 * elapsed time, so a clock that steps back brings nothing back; a no lasts a moment; an outage is
 * not remembered at all.
 *
 * <table>
 *   <caption>The caches</caption>
 *   <tr><th></th><th>key</th><th>an entry's size</th></tr>
 *   <tr><td>verified</td><td>the credential</td><td>twice its text (fields are copies), and 1 KiB</td></tr>
 *   <tr><td>of no use</td><td>the credential</td><td>the same; a sixteenth of the space</td></tr>
 *   <tr><td>refused</td><td>its digest</td><td>400 bytes, and what its facts hold alone</td></tr>
 * </table>
 */
final class VerificationCache {

  private static final int VERIFIED_OVERHEAD = 1_024;

  private static final int REFUSED_SIZE = 400;

  /** Which part of the space for confirmed callers those have that nothing here could admit. */
  private static final int PART_OF_NO_USE = 16;

  private final Cache<CredentialKey, Verification.Verified> verified;
  private final Cache<CredentialKey, Verification.Verified> ofNoUse;
  private final Cache<CredentialDigest, Verification.Refused> refused;
  private final LookupMetrics metrics;
  private final PendingFilter pending;

  /**
   * Nothing remembered yet.
   *
   * @param pending is told of each credential whose refusal is remembered
   */
  VerificationCache(
      CacheBounds bounds, AccessRuntime runtime, LookupMetrics metrics, PendingFilter pending) {
    this.metrics = requireNonNull(metrics, "metrics");
    this.pending = requireNonNull(pending, "pending");
    Clock clock = runtime.clock();
    LongSupplier ticker = runtime.ticker();
    // Maintenance runs on the calling thread: it is short, and no thread pool is borrowed for it.
    this.verified = confirmations(bounds.verified(), clock, ticker);
    this.ofNoUse = confirmations(bounds.verified().part(PART_OF_NO_USE), clock, ticker);
    this.refused =
        Caffeine.newBuilder()
            .executor(Runnable::run)
            .ticker(ticker::getAsLong)
            .maximumWeight(bounds.refused().bytes())
            .<CredentialDigest, Verification.Refused>weigher(
                (credential, answer) -> bounds.refused().weight(size(answer)))
            .expireAfterWrite(bounds.refusalLife())
            .<CredentialDigest, Verification.Refused>removalListener(
                (credential, answer, cause) ->
                    pending.remove(requireNonNull(credential, "credential").place()))
            .build();
  }

  private static long size(Verification.Refused answer) {
    return (long) REFUSED_SIZE + answer.facts().map(facts -> facts.size()).orElse(0);
  }

  private static Cache<CredentialKey, Verification.Verified> confirmations(
      CacheBound bound, Clock clock, LongSupplier ticker) {
    return Caffeine.newBuilder()
        .executor(Runnable::run)
        .ticker(ticker::getAsLong)
        .maximumWeight(bound.bytes())
        .<CredentialKey, Verification.Verified>weigher(
            (key, answer) -> bound.weight(2L * key.text().length() + VERIFIED_OVERHEAD))
        .expireAfter(
            Expiry.<CredentialKey, Verification.Verified>creating(
                (key, answer) -> untilItLapses(clock, answer.caller())))
        .build();
  }

  private static Duration untilItLapses(Clock clock, Caller caller) {
    Duration left = Duration.between(clock.instant(), caller.notAfter());
    // A nanosecond more: the cache drops an entry then, and a credential is good at its end.
    return left.isNegative() ? Duration.ZERO : left.plusNanos(1);
  }

  /** The caller whose credential this is, if its issuer has confirmed it. */
  Optional<Verification> verified(CredentialKey key) {
    Verification yes = confirmed(key);
    metrics.verifiedLookedUp(yes != null);
    return Optional.ofNullable(yes);
  }

  private @Nullable Verification confirmed(CredentialKey key) {
    Verification yes = verified.getIfPresent(key);
    return yes != null ? yes : ofNoUse.getIfPresent(key);
  }

  /** The refusal of the credential, if its issuer refused it a moment ago. */
  Optional<Verification> refused(CredentialDigest credential) {
    Verification no = refused.getIfPresent(credential);
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

  /** Either, for a look-up that has looked in vain already: it is not counted again. */
  Optional<Verification> meanwhile(CredentialKey key, CredentialDigest digest) {
    Verification yes = confirmed(key);
    return Optional.ofNullable(yes != null ? yes : refused.getIfPresent(digest));
  }

  /** Remembers an answer, unless it is an outage. */
  void remember(CredentialKey key, CredentialDigest digest, Finding found) {
    Verification answer = found.verification();
    if (answer instanceof Verification.Verified yes) {
      (found.isOfNoUse() ? ofNoUse : verified).put(key, yes);
    } else if (answer instanceof Verification.Refused no) {
      pending.add(digest.place());
      if (refused.asMap().putIfAbsent(digest, no) != null) {
        pending.remove(digest.place());
      }
    }
  }
}
