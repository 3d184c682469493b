package dev.rolecall.verifier;

import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.internal.Range;
import dev.rolecall.proof.CallerProof;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The time in which a proof is good: from its date, less what clocks may differ, until {@link
 * #notAfter}, both ends included. STS ignores {@code X-Amz-Expires}; the verifier does not.
 *
 * @param maxAge how old a proof may be; at most 15 minutes, which is STS's own limit
 * @param maxSkew how far ahead its date may be; at most 5 minutes
 */
record ProofLifetime(Duration maxAge, Duration maxSkew) {

  static final Duration AGE_CEILING = Duration.ofMinutes(15);
  static final Duration SKEW_CEILING = Duration.ofMinutes(5);

  private static final Duration LEAST_AGE = Duration.ofSeconds(1);

  ProofLifetime {
    Range.check("maxProofAge", maxAge, LEAST_AGE, AGE_CEILING);
    Range.check("maxClockSkew", maxSkew, Duration.ZERO, SKEW_CEILING);
  }

  /** Proofs up to 15 minutes old, dated at most a minute ahead. */
  static ProofLifetime ofDefaults() {
    return new ProofLifetime(AGE_CEILING, Duration.ofMinutes(1));
  }

  /** The last instant at which the proof is good. */
  Instant notAfter(CallerProof proof) {
    Duration life = proof.life().compareTo(maxAge) < 0 ? proof.life() : maxAge;
    return proof.signedAt().plus(life);
  }

  /** Why the proof is not good at that time. */
  Optional<RefusalReason> refusal(CallerProof proof, Instant now) {
    if (now.isAfter(notAfter(proof))) {
      return Optional.of(RefusalReason.CREDENTIAL_EXPIRED);
    }
    if (proof.signedAt().isAfter(now.plus(maxSkew))) {
      return Optional.of(RefusalReason.CREDENTIAL_NOT_YET_VALID);
    }
    return Optional.empty();
  }
}
