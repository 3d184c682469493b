package dev.rolecall.jwt;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The rules of what a token's claims say: from that issuer, for one of those audiences, and now.
 * The subject has its form; an issuer's profile decides whether there must be one.
 *
 * @param issuer the text that {@code iss} equals, character by character
 * @param audiences the names of which {@code aud} has one: at least one
 * @param times the rules of its times
 */
public record ClaimRules(String issuer, Set<String> audiences, TimeRules times) {

  /**
   * Checks that there is an issuer and an audience.
   *
   * @throws IllegalArgumentException if one is empty
   */
  public ClaimRules {
    audiences = Set.copyOf(audiences);
    requireNonNull(times, "times");
    if (issuer.isEmpty()) {
      throw new IllegalArgumentException("issuer: empty (expected: the text of iss)");
    }
    if (audiences.isEmpty()) {
      throw new IllegalArgumentException("audiences: none (expected: at least one)");
    }
  }

  /** The first rule that the claims break at that moment. */
  public Optional<ClaimFlaw> flaw(TokenClaims claims, Instant now) {
    if (!claims.isFrom(issuer)) {
      return Optional.of(ClaimFlaw.ISSUER_OTHER);
    }
    if (!claims.isForOneOf(audiences)) {
      return Optional.of(ClaimFlaw.AUDIENCE_OTHER);
    }
    return times.flaw(claims.times(), now);
  }
}
