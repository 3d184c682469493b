package dev.rolecall.jwt.key;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.Range;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The keys of an issuer through their lives: the next one is published a whole period before it
 * signs, the current one signs, and the previous one stays published for a period after it signed.
 * So a verifier that reads the key set once a period always knows the key of a token.
 *
 * <p>Safe for use by many threads. Only {@link #rotateIfDue} takes time, so {@link #current} and
 * {@link #published} may be called on any thread.
 */
public final class KeyRing {

  private static final Duration SHORTEST = Duration.ofMinutes(15);
  private static final Duration LONGEST = Duration.ofDays(366);

  private final Algorithm algorithm;
  private final Duration period;
  private final Clock clock;
  private final SecureRandom random;
  private final Object rotation = new Object();
  private volatile Turn turn;

  private KeyRing(Algorithm algorithm, Duration period, Clock clock, SecureRandom random) {
    this.algorithm = algorithm;
    this.period = period;
    this.clock = clock;
    this.random = random;
    this.turn = new Turn(Optional.empty(), newKey(), newKey(), clock.instant().plus(period));
  }

  /**
   * A ring of new keys, which live in this process alone.
   *
   * @param period how long each key signs: 15 minutes to 366 days, and no less than its tokens live
   *     and verifiers keep a key set
   */
  public static KeyRing generate(
      Algorithm algorithm, Duration period, Clock clock, SecureRandom random) {
    requireNonNull(clock, "clock");
    requireNonNull(random, "random");
    Range.check("period", period, SHORTEST, LONGEST);
    return new KeyRing(requireNonNull(algorithm, "algorithm"), period, clock, random);
  }

  private SigningKey newKey() {
    return SigningKey.generate(algorithm, random);
  }

  /** The key that signs now. Never blocks. */
  public SigningKey current() {
    return turn.current;
  }

  /** The public keys to publish: previous, current, next. Never blocks. */
  public KeySet published() {
    return turn.published;
  }

  /**
   * Rotates once if the period of the current key is over. Makes a key, which takes up to a second
   * of CPU time, so call it on a thread of your own: once a minute is enough. Until then the
   * current key goes on. One call rotates once, however long ago the last one was.
   *
   * @return whether the ring has rotated
   */
  public boolean rotateIfDue() {
    synchronized (rotation) {
      Instant now = clock.instant();
      if (now.isBefore(turn.ends)) {
        return false;
      }
      turn = new Turn(Optional.of(turn.current), turn.next, newKey(), now.plus(period));
      return true;
    }
  }

  @Override
  public String toString() {
    return "KeyRing[" + algorithm + ", ****]";
  }

  /** The keys of one period. No record: it holds secrets. */
  private static final class Turn {

    private final SigningKey current;
    private final SigningKey next;
    private final Instant ends;
    private final KeySet published;

    Turn(Optional<SigningKey> previous, SigningKey current, SigningKey next, Instant ends) {
      this.current = current;
      this.next = next;
      this.ends = ends;
      this.published =
          KeySet.of(
              Stream.concat(previous.stream(), Stream.of(current, next))
                  .map(SigningKey::verificationKey)
                  .toList());
    }
  }
}
