package dev.rolecall.tokencredentials.internal;

import dev.rolecall.jwt.json.JsonLimits;
import dev.rolecall.jwt.json.JsonReading;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * The end of a token that is a JWT, read without verifying anything: for its bearer the token is
 * opaque, and a wrong end costs a renewal at most.
 */
public final class JwtEnd {

  private static final JsonLimits LIMITS = new JsonLimits(16_384, 16, 1_000, 20);
  private static final long LAST_SECOND = Instant.parse("2200-01-01T00:00:00Z").getEpochSecond();

  private JwtEnd() {}

  /** The claim {@code exp}; empty if the token is no JWT or has none of a sane range. */
  public static Optional<Instant> of(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    byte[] claims;
    try {
      claims = Base64.getUrlDecoder().decode(parts[1]);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return JsonReading.of(claims, LIMITS)
        .fold(read -> read.whole("exp"), flaw -> Optional.<Long>empty())
        .filter(seconds -> seconds > 0 && seconds < LAST_SECOND)
        .map(Instant::ofEpochSecond);
  }
}
