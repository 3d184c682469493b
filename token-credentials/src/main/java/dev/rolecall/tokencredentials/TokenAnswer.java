package dev.rolecall.tokencredentials;

import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.jwt.json.JsonLimits;
import dev.rolecall.jwt.json.JsonReading;
import dev.rolecall.jwt.json.JsonValue;
import dev.rolecall.tokencredentials.internal.Endpoint;
import dev.rolecall.tokencredentials.internal.HttpAnswer;
import dev.rolecall.tokencredentials.internal.JwtEnd;
import dev.rolecall.tokencredentials.internal.RetryAfter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The reader of a token endpoint's answer (RFC 6749, section 5). Its free text reaches a message
 * printable, cut, and only if it repeats nothing that was sent as a secret.
 */
final class TokenAnswer {

  private static final JsonLimits LIMITS = new JsonLimits(65_536, 8, 200, 20);

  /** For a token that says nothing of its end. */
  private static final Duration USUAL_LIFE = Duration.ofMinutes(5);

  private static final long MOST_SECONDS = Duration.ofDays(3_650).toSeconds();
  private static final Pattern ERROR = Pattern.compile("[A-Za-z0-9_.:-]{1,64}");
  private static final Pattern DIGITS = Pattern.compile("\\d{1,10}");

  private final String host;
  private final List<String> secrets;
  private final Instant now;

  /**
   * A reader of one answer.
   *
   * @param secrets what was sent, and no message may show
   * @param now the time of the answer
   */
  TokenAnswer(URI endpoint, List<String> secrets, Instant now) {
    this.host = Endpoint.host(endpoint);
    this.secrets = List.copyOf(secrets);
    this.now = now;
  }

  /**
   * The members of a good answer.
   *
   * @throws TokenUnavailableException if it is none
   */
  JsonValue.Members members(HttpAnswer answer) {
    int status = answer.status();
    if (status == 429 || status == 408 || status >= 500) {
      throw TokenFailure.busy(host, status, RetryAfter.of(answer.retryAfter(), now));
    }
    Optional<JsonValue.Members> read =
        JsonReading.of(answer.body(), LIMITS).fold(Optional::of, flaw -> Optional.empty());
    if (status >= 400) {
      throw read.flatMap(this::error).orElseGet(() -> TokenFailure.status(host, status));
    }
    if (status != 200) {
      throw TokenFailure.status(host, status);
    }
    return read.orElseThrow(
        () -> TokenFailure.unreadable(host, "the answer is not one JSON object of at most 64 KiB"));
  }

  /**
   * The access token of a good answer.
   *
   * @throws TokenUnavailableException if it has none that can be used
   */
  AccessToken token(JsonValue.Members members) {
    String type = members.text("token_type").orElse("");
    if (!type.equalsIgnoreCase("bearer") && !type.equalsIgnoreCase("N_A")) {
      throw TokenFailure.lasting(
          host
              + " answered a token of the type "
              + shown(type)
              + " (expected: Bearer); ask for one that is bound to nothing, or to a TLS certificate");
    }
    String text = members.text("access_token").orElse("");
    if (!AccessToken.isToken(text)) {
      throw text.length() > AccessToken.MOST_CHARACTERS
          ? TokenFailure.lasting(
              host
                  + " answered a token of "
                  + text.length()
                  + " characters (expected: at most "
                  + AccessToken.MOST_CHARACTERS
                  + "); ask for fewer scopes or claims")
          : TokenFailure.unreadable(host, "access_token is absent or no token of RFC 6750");
    }
    Instant end = end(members, text);
    if (!end.isAfter(now)) {
      throw TokenFailure.unreadable(
          host, "the token has ended already; check this machine's clock");
    }
    return AccessToken.issued(text, now, end);
  }

  /** By the answer, else by the token if it is a JWT: the answer does not depend on the clock. */
  private Instant end(JsonValue.Members members, String token) {
    if (!members.has("expires_in")) {
      return JwtEnd.of(token).orElse(now.plus(USUAL_LIFE));
    }
    // Some issuers write the number as a text.
    long seconds =
        members
            .whole("expires_in")
            .or(
                () ->
                    members
                        .text("expires_in")
                        .filter(text -> DIGITS.matcher(text).matches())
                        .map(Long::valueOf))
            .orElse(0L);
    if (seconds < 1 || seconds > MOST_SECONDS) {
      throw TokenFailure.unreadable(host, "expires_in is not a number of seconds above zero");
    }
    return now.plusSeconds(seconds);
  }

  /** An error code that was brought by a stranger; a fixed word if it is malformed. */
  static String printable(String error) {
    return ERROR.matcher(error).matches() ? error : "an error that is no word";
  }

  private Optional<TokenUnavailableException> error(JsonValue.Members members) {
    return members
        .text("error")
        .filter(code -> ERROR.matcher(code).matches() && !holdsSecret(code))
        .map(
            code ->
                TokenFailure.refused(
                    host, code, members.text("error_description").map(this::shown).orElse("")));
  }

  private String shown(String text) {
    return holdsSecret(text) ? "****" : InvalidValue.printable(text);
  }

  private boolean holdsSecret(String text) {
    return secrets.stream().anyMatch(text::contains);
  }
}
