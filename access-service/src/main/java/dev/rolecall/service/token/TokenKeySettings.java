package dev.rolecall.service.token;

import static java.util.Objects.requireNonNull;

import dev.rolecall.grants.token.GrantTokenClaims;
import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.identity.internal.Range;
import dev.rolecall.jwt.key.Algorithm;
import java.time.Duration;

/**
 * The settings of the keys that grant tokens are signed with.
 *
 * @param algorithm the algorithm of new keys: ES256, whose tokens are short, or RS256, which costs
 *     enforcers less. Another algorithm counts from the next rotation on
 * @param rotateAfter how long a key signs: 1 to 365 days
 */
public record TokenKeySettings(Algorithm algorithm, Duration rotateAfter) {

  /** The shortest time that a key signs. */
  public static final Duration SHORTEST = Duration.ofDays(1);

  /** The longest time that a key signs. */
  public static final Duration LONGEST = Duration.ofDays(365);

  private static final Duration USUAL = Duration.ofDays(30);

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if a value breaks its rule above
   */
  public TokenKeySettings {
    requireNonNull(algorithm, "algorithm");
    if (!GrantTokenClaims.ALGORITHMS.contains(algorithm)) {
      throw InvalidValue.of("algorithm of grant tokens", algorithm.jose(), "ES256 or RS256");
    }
    Range.check("time between rotations", rotateAfter, SHORTEST, LONGEST);
  }

  /** ES256, and 30 days. */
  public static TokenKeySettings standard() {
    return new TokenKeySettings(Algorithm.ES256, USUAL);
  }
}
