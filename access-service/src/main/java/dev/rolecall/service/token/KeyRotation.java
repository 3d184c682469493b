package dev.rolecall.service.token;

import dev.rolecall.grants.token.GrantTokenClaims;
import dev.rolecall.service.store.SigningKeyState;
import dev.rolecall.service.store.StoredKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The times of the signing keys, by the store's clock. A key is published for {@link #PUBLISHED}
 * before it signs, signs until it is due, and stays trusted for {@link #TRUSTED} after that.
 *
 * <p>A key that waits is a rotation under way: its time alone decides when it signs. So a node
 * needs no memory of who began the rotation, and each node comes to the same step.
 */
final class KeyRotation {

  /** How long a key is published before it signs: a server that reads keys rarely has it then. */
  static final Duration PUBLISHED = Duration.ofMinutes(10);

  /** How far the clock of an enforcer may be off. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  /** How long a node may sign by a key after another node has retired it. */
  static final Duration UNAWARE = Duration.ofMinutes(1);

  /** How long a key is trusted after it signed last. */
  static final Duration TRUSTED = GrantTokenClaims.LONGEST_LIFE.plus(SKEW).plus(UNAWARE);

  private final Duration rotateAfter;

  KeyRotation(Duration rotateAfter) {
    this.rotateAfter = rotateAfter;
  }

  /**
   * The next step.
   *
   * @param keys the keys that are not withdrawn, as they were at that time or later
   * @param now the store's clock
   */
  RotationStep next(List<StoredKey> keys, Instant now) {
    Optional<StoredKey> current = in(SigningKeyState.CURRENT, keys);
    Optional<StoredKey> next = in(SigningKeyState.NEXT, keys);
    if (next.isPresent() && (current.isEmpty() || isOver(next.get(), PUBLISHED, now))) {
      return new RotationStep.Activate(next.get().kid());
    }
    if (current.isEmpty()) {
      return new RotationStep.Add(SigningKeyState.CURRENT);
    }
    if (next.isEmpty() && isDue(current.get(), now)) {
      return new RotationStep.Add(SigningKeyState.NEXT);
    }
    return keys.stream()
        .filter(key -> key.state() == SigningKeyState.RETIRED && isOver(key, TRUSTED, now))
        .findFirst()
        .<RotationStep>map(key -> new RotationStep.Withdraw(key.kid()))
        .orElseGet(RotationStep.Rest::new);
  }

  private boolean isDue(StoredKey current, Instant now) {
    return isOver(current, rotateAfter.minus(PUBLISHED), now);
  }

  private static boolean isOver(StoredKey key, Duration time, Instant now) {
    return !now.isBefore(key.since().plus(time));
  }

  static Optional<StoredKey> in(SigningKeyState state, List<StoredKey> keys) {
    return keys.stream().filter(key -> key.state() == state).findFirst();
  }
}
