package dev.rolecall.jwt;

import dev.rolecall.jwt.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The forms of the registered claims, in the order in which they are checked. */
final class ClaimsReader {

  private static final int LONGEST_ISSUER = 1_024;
  private static final int LONGEST_SUBJECT = 255;

  /** Ten digits: from 2001 to 2286. Milliseconds have thirteen. */
  private static final long EARLIEST = 1_000_000_000L;

  private static final long LATEST = 9_999_999_999L;

  private ClaimsReader() {}

  static ClaimsReading read(JsonValue.Members claims) {
    Optional<String> issuer = claims.text("iss");
    Optional<String> subject = claims.text("sub");
    if (claims.has("iss") && !issuer.map(ClaimsReader::isIssuer).orElse(false)) {
      return malformed(ClaimFlaw.ISSUER_FORM);
    }
    if (claims.has("sub") && !subject.map(ClaimsReader::isSubject).orElse(false)) {
      return malformed(ClaimFlaw.SUBJECT_FORM);
    }
    Optional<List<String>> audiences = audiences(claims);
    if (audiences.isEmpty()) {
      return malformed(ClaimFlaw.AUDIENCE_FORM);
    }
    if (!claims.has("exp")) {
      return malformed(ClaimFlaw.EXPIRY_MISSING);
    }
    if (!isTime(claims, "exp") || !isTime(claims, "iat") || !isTime(claims, "nbf")) {
      return malformed(ClaimFlaw.TIME_FORM);
    }
    Instant expiry = time(claims, "exp").orElseThrow();
    Optional<Instant> issuedAt = time(claims, "iat");
    Optional<Instant> notBefore = time(claims, "nbf");
    return TokenTimes.areInOrder(expiry, issuedAt, notBefore)
        ? new ClaimsReading.Read(
            new TokenClaims(
                issuer,
                subject,
                audiences.get(),
                new TokenTimes(expiry, issuedAt, notBefore),
                claims))
        : malformed(ClaimFlaw.TIMES_CONTRADICT);
  }

  private static ClaimsReading malformed(ClaimFlaw flaw) {
    return new ClaimsReading.Malformed(flaw);
  }

  private static boolean isIssuer(String text) {
    return !text.isEmpty() && text.length() <= LONGEST_ISSUER;
  }

  private static boolean isSubject(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST_SUBJECT
        && text.chars().noneMatch(ClaimsReader::isControl)
        && !isSpace(text.charAt(0))
        && !isSpace(text.charAt(text.length() - 1));
  }

  private static boolean isControl(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  private static boolean isSpace(char c) {
    return Character.isSpaceChar(c) || Character.isWhitespace(c);
  }

  /** The audiences, none if the claim is absent; empty if its form is bad. */
  private static Optional<List<String>> audiences(JsonValue.Members claims) {
    JsonValue claim = claims.get("aud").orElse(null);
    List<JsonValue> values =
        claim instanceof JsonValue.Items items
            ? items.values()
            : claims.get("aud").stream().toList();
    List<String> texts =
        values.stream()
            .filter(JsonValue.Text.class::isInstance)
            .map(value -> ((JsonValue.Text) value).value())
            .filter(text -> !text.isEmpty())
            .toList();
    boolean good = texts.size() == values.size() && (claim == null || !texts.isEmpty());
    return good ? Optional.of(texts) : Optional.empty();
  }

  private static boolean isTime(JsonValue.Members claims, String name) {
    return !claims.has(name)
        || claims.whole(name).filter(time -> time >= EARLIEST && time <= LATEST).isPresent();
  }

  private static Optional<Instant> time(JsonValue.Members claims, String name) {
    return claims.whole(name).map(Instant::ofEpochSecond);
  }
}
