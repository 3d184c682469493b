package dev.rolecall.exchange;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.Refusal;
import dev.rolecall.identity.RefusalReason;
import java.time.Duration;
import java.util.Optional;

/**
 * The answer that gives no token.
 *
 * @param error the error
 * @param description what is wrong and what would be right, in printable ASCII without quotes and
 *     backslashes; it quotes nothing that the client sent
 * @param retryAfter how long to wait before another try; empty where trying again does not help
 */
record ExchangeRefusal(OAuthError error, String description, Optional<Duration> retryAfter)
    implements ExchangeOutcome {

  private static final Duration SOON = Duration.ofSeconds(1);

  ExchangeRefusal {
    requireNonNull(error, "error");
    requireNonNull(description, "description");
    requireNonNull(retryAfter, "retryAfter");
  }

  static ExchangeRefusal of(OAuthError error, String description) {
    return new ExchangeRefusal(error, description, Optional.empty());
  }

  /** The request breaks a rule. */
  static ExchangeRefusal ofRequest(String description) {
    return of(OAuthError.INVALID_REQUEST, description);
  }

  /** A proof is not good, or names no caller of the exchange. */
  static ExchangeRefusal ofProof(String parameter, RefusalReason reason) {
    return ofRequest(parameter + ": " + reason.statusDescription());
  }

  /**
   * The engine's answer about a proof.
   *
   * @param parameter the parameter that the proof came in
   */
  static ExchangeRefusal of(String parameter, Refusal refusal) {
    RefusalReason reason = refusal.reason();
    return switch (reason.kind()) {
      case UNAUTHENTICATED -> ofProof(parameter, reason);
      case FORBIDDEN ->
          reason == RefusalReason.METHOD_NOT_ALLOWED
              ? of(
                  OAuthError.INVALID_TARGET,
                  parameter
                      + ": "
                      + reason.name()
                      + ": the policy gives it no token for that audience")
              : ofProof(parameter, reason);
      case OVER_LIMIT -> later(OAuthError.OVER_LIMIT, parameter, refusal);
      case UNAVAILABLE -> later(OAuthError.UNAVAILABLE, parameter, refusal);
      case DEFECT -> of(OAuthError.SERVER_ERROR, reason.statusDescription());
    };
  }

  private static ExchangeRefusal later(OAuthError error, String parameter, Refusal refusal) {
    return new ExchangeRefusal(
        error,
        parameter + ": " + refusal.reason().statusDescription(),
        Optional.of(refusal.retryAfter().orElse(SOON)));
  }
}
