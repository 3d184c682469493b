package dev.rolecall.jwt;

import static java.util.Objects.requireNonNull;

import dev.rolecall.jwt.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The registered claims of a token (RFC 7519, section 4.1), each of a good form. Their form alone
 * has been checked: {@link ClaimRules} checks what they say.
 *
 * @param issuer {@code iss}: 1 to 1,024 characters
 * @param subject {@code sub}: 1 to 255 characters without controls and outer spaces
 * @param audiences {@code aud}, one or several; empty if the token has none
 * @param times {@code exp}, {@code iat} and {@code nbf}
 * @param all every claim, these included
 */
public record TokenClaims(
    Optional<String> issuer,
    Optional<String> subject,
    List<String> audiences,
    TokenTimes times,
    JsonValue.Members all) {

  /** Checks that nothing is absent. */
  public TokenClaims {
    requireNonNull(issuer, "issuer");
    requireNonNull(subject, "subject");
    audiences = List.copyOf(audiences);
    requireNonNull(times, "times");
    requireNonNull(all, "all");
  }

  /**
   * Reads the registered claims. A claim that is present has its form, {@code null} included;
   * {@code exp} must be present.
   */
  public static ClaimsReading read(JsonValue.Members claims) {
    requireNonNull(claims, "claims");
    return ClaimsReader.read(claims);
  }

  /** Whether the issuer is that text, character by character: no slash is added or taken off. */
  public boolean isFrom(String wanted) {
    return issuer.map(wanted::equals).orElse(false);
  }

  /** Whether one of the audiences is one of those, character by character. */
  public boolean isForOneOf(Set<String> wanted) {
    return audiences.stream().anyMatch(wanted::contains);
  }

  @Override
  public String toString() {
    return "TokenClaims[****]";
  }
}
