package dev.rolecall.jwt.ring;

import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.KeySet;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;

/** The keys of a file at one time. Immutable. No record: they are secrets. */
final class StoredRing {

  private final Algorithm algorithm;
  private final Instant rotated;
  private final Optional<RingKey> previous;
  private final RingKey current;
  private final RingKey next;

  StoredRing(
      Algorithm algorithm,
      Instant rotated,
      Optional<RingKey> previous,
      RingKey current,
      RingKey next) {
    this.algorithm = algorithm;
    this.rotated = rotated.truncatedTo(ChronoUnit.SECONDS);
    this.previous = previous;
    this.current = current;
    this.next = next;
  }

  /** A ring of new keys, made now. */
  static StoredRing generate(Algorithm algorithm, Instant now, SecureRandom random) {
    return new StoredRing(
        algorithm,
        now,
        Optional.empty(),
        RingKey.generate(algorithm, random),
        RingKey.generate(algorithm, random));
  }

  /** The same, one turn on: the next key signs, and the current one is still published. */
  StoredRing turned(Instant now, SecureRandom random) {
    return new StoredRing(
        algorithm, now, Optional.of(current), next, RingKey.generate(algorithm, random));
  }

  Algorithm algorithm() {
    return algorithm;
  }

  /** The time of the last turn, in whole seconds. */
  Instant rotated() {
    return rotated;
  }

  Optional<RingKey> previous() {
    return previous;
  }

  RingKey current() {
    return current;
  }

  RingKey next() {
    return next;
  }

  /** The public keys to publish. */
  KeySet published() {
    return KeySet.of(
        Stream.concat(previous.stream(), Stream.of(current, next))
            .map(each -> each.key().verificationKey())
            .toList());
  }

  @Override
  public String toString() {
    return "StoredRing[" + algorithm + ", " + rotated + ", ****]";
  }
}
