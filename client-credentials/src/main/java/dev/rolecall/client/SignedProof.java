package dev.rolecall.client;

import dev.rolecall.proof.CallerProof;
import io.grpc.Metadata;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A proof, the metadata that carries it, and when to stop using it. The metadata is made once: it
 * is then one reference to copy for each call, and the same bytes for HPACK to replace with an
 * index. gRPC copies from it and never writes to it.
 */
final class SignedProof {

  /** The use that a call makes of a proof. */
  enum Age {
    /** Uses it. */
    FRESH,
    /** Uses it, while one renewal runs. */
    STALE,
    /** Waits for the renewal. */
    EXPIRED
  }

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
  private final long signedAt;
  private final long end;
  private final long staleAt;
  private final long expiredAt;

  private SignedProof(CallerProof proof, Duration life, Duration renewalMargin) {
    this.proof = proof;
    this.metadata = new Metadata();
    metadata.put(AUTHORIZATION, "Bearer " + proof.text());
    this.signedAt = proof.signedAt().toEpochMilli();
    this.end = signedAt + life.toMillis();
    this.staleAt = end - renewalMargin.toMillis();
    this.expiredAt = end - shorter(EXPIRY_MARGIN, life.dividedBy(6)).toMillis();
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
    return new TimedProof(proof, Instant.ofEpochMilli(staleAt), Instant.ofEpochMilli(end));
  }

  /** Shared by all calls: never write to it. */
  Metadata metadata() {
    return metadata;
  }

  /** Its age at that time, in milliseconds since 1970. */
  Age age(long now) {
    // A clock that was ahead when it signed and was then put right: servers say "not yet valid".
    if (now < signedAt || now >= expiredAt) {
      return Age.EXPIRED;
    }
    return now < staleAt ? Age.FRESH : Age.STALE;
  }

  @Override
  public String toString() {
    return "SignedProof[****]";
  }
}
