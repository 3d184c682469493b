package dev.rolecall.client;

import dev.rolecall.proof.CallerProof;
import dev.rolecall.renewal.Lifetime;
import dev.rolecall.renewal.RenewableCredential;
import io.grpc.Metadata;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A proof, the metadata that carries it, and when to stop using it. The metadata is made once: it
 * is then one reference to copy for each call, and the same bytes for HPACK to replace with an
 * index. gRPC copies from it and never writes to it.
 */
final class SignedProof implements RenewableCredential {

  // Text, not -bin: gRPC encodes and decodes a binary header anew for every call.
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  // For a call on its way, and for clocks that differ.
  private static final Duration EXPIRY_MARGIN = Duration.ofSeconds(30);

  // Credentials past their end that are handed out all the same: EC2's metadata service does so in
  // an outage, and AWS then accepts them. Use them, and look again soon.
  private static final Duration LIFE_PAST_END = Duration.ofMinutes(1);

  private final CallerProof proof;
  private final Metadata metadata;
  private final Lifetime lifetime;
  private final TimedProof timed;

  private SignedProof(CallerProof proof, Duration life, Duration renewalMargin) {
    this.proof = proof;
    this.metadata = new Metadata();
    metadata.put(AUTHORIZATION, "Bearer " + proof.text());
    // Whole milliseconds, as clocks are read.
    Instant signedAt = proof.signedAt().truncatedTo(ChronoUnit.MILLIS);
    Instant end = signedAt.plusMillis(life.toMillis());
    Instant staleAt = end.minusMillis(renewalMargin.toMillis());
    Instant expiredAt = end.minusMillis(shorter(EXPIRY_MARGIN, life.dividedBy(6)).toMillis());
    this.lifetime = Lifetime.of(signedAt, staleAt, expiredAt);
    this.timed = new TimedProof(proof, staleAt, end);
  }

  /**
   * The proof, with as much of its life as the credentials leave it: STS refuses a signature whose
   * session has ended. A life cut short is still fresh for two thirds.
   */
  static SignedProof of(
      CallerProof proof, Optional<Instant> credentialsEnd, Duration renewalMargin) {
    Duration left =
        credentialsEnd.map(end -> Duration.between(proof.signedAt(), end)).orElse(proof.life());
    if (left.compareTo(proof.life()) >= 0) {
      return new SignedProof(proof, proof.life(), renewalMargin);
    }
    Duration life = left.isNegative() || left.isZero() ? LIFE_PAST_END : left;
    return new SignedProof(proof, life, shorter(renewalMargin, life.dividedBy(3)));
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  CallerProof proof() {
    return proof;
  }

  /** The same, for use outside this package. */
  TimedProof timed() {
    return timed;
  }

  @Override
  public Lifetime lifetime() {
    return lifetime;
  }

  /** Shared by all calls: never write to it. */
  @Override
  public Metadata metadata() {
    return metadata;
  }

  @Override
  public String toString() {
    return "SignedProof[****]";
  }
}
