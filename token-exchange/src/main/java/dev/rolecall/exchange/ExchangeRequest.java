package dev.rolecall.exchange;

import dev.rolecall.exchange.internal.http.FormBody;
import java.util.Optional;
import java.util.Set;

/**
 * A request for a token, of a good form. Nothing in it is verified. No record: it holds proofs.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8693#section-2.1">RFC 8693, section 2.1</a>
 */
final class ExchangeRequest {

  static final String SUBJECT = "subject_token";
  static final String ACTOR = "actor_token";

  /** The type of a proof that STS confirms, as {@code rolecall token} prints it. */
  static final String PROOF = "urn:rolecall:params:oauth:token-type:sts-proof";

  /** The one grant. */
  static final String GRANT = "urn:ietf:params:oauth:grant-type:token-exchange";

  private static final String SUBJECT_TYPE = "subject_token_type";
  private static final String ACTOR_TYPE = "actor_token_type";
  private static final String AUDIENCE = "audience";
  private static final String RESOURCE = "resource";

  /** A client that sends one believes that it is checked. */
  private static final Set<String> OF_OTHER_AUTHENTICATION =
      Set.of("client_secret", "client_assertion", "client_assertion_type");

  private final String subject;
  private final Optional<String> actor;
  private final TokenTarget target;
  private final IssuedType type;

  private ExchangeRequest(
      String subject, Optional<String> actor, TokenTarget target, IssuedType type) {
    this.subject = subject;
    this.actor = actor;
    this.target = target;
    this.type = type;
  }

  /** Reads the form. Parameters that RFC 8693 does not know are ignored, as RFC 6749 asks. */
  static ExchangeRequest read(FormBody form) throws RefusedRequestException {
    if (OF_OTHER_AUTHENTICATION.stream().anyMatch(form::has)) {
      throw refused(
          OAuthError.INVALID_CLIENT,
          "the proof alone authenticates a client (expected: no secret)");
    }
    if (!GRANT.equals(form.value("grant_type").orElse(""))) {
      throw refused(
          form.has("grant_type") ? OAuthError.UNSUPPORTED_GRANT_TYPE : OAuthError.INVALID_REQUEST,
          "grant_type (expected: " + GRANT + ")");
    }
    if (form.has("scope")) {
      throw refused(OAuthError.INVALID_SCOPE, "scope (expected: none; tokens have no scopes here)");
    }
    return new ExchangeRequest(
        proof(form, SUBJECT, SUBJECT_TYPE)
            .orElseThrow(() -> invalid(SUBJECT + " (expected: a proof)")),
        proof(form, ACTOR, ACTOR_TYPE),
        target(form),
        type(form));
  }

  private static Optional<String> proof(FormBody form, String name, String ofType)
      throws RefusedRequestException {
    Optional<String> type = form.value(ofType);
    Optional<String> proof = form.value(name);
    if (type.isPresent() != proof.isPresent()) {
      throw invalid(name + " and " + ofType + " (expected: both or neither)");
    }
    if (type.isPresent() && !type.get().equals(PROOF)) {
      throw invalid(ofType + " (expected: " + PROOF + ")");
    }
    return proof;
  }

  private static TokenTarget target(FormBody form) throws RefusedRequestException {
    Optional<String> audience = form.value(AUDIENCE);
    Optional<String> resource = form.value(RESOURCE);
    if (audience.isPresent() == resource.isPresent()) {
      throw invalid("audience and resource (expected: exactly one of them, once)");
    }
    if (audience.isPresent() && !TokenTarget.isName(audience.get())) {
      throw refused(OAuthError.INVALID_TARGET, "audience (expected: " + TokenTarget.EXPECTED + ")");
    }
    if (resource.isPresent() && !TokenTarget.isResource(resource.get())) {
      throw refused(
          OAuthError.INVALID_TARGET,
          "resource (expected: an absolute URI of " + TokenTarget.EXPECTED + ")");
    }
    return new TokenTarget(audience.or(() -> resource).orElseThrow());
  }

  private static IssuedType type(FormBody form) throws RefusedRequestException {
    Optional<String> asked = form.value("requested_token_type");
    if (asked.isEmpty()) {
      return IssuedType.ACCESS_TOKEN;
    }
    return IssuedType.named(asked.get())
        .orElseThrow(
            () ->
                invalid(
                    "requested_token_type (expected: "
                        + IssuedType.ACCESS_TOKEN.urn()
                        + " or "
                        + IssuedType.JWT.urn()
                        + ")"));
  }

  private static RefusedRequestException invalid(String description) {
    return refused(OAuthError.INVALID_REQUEST, description);
  }

  private static RefusedRequestException refused(OAuthError error, String description) {
    return new RefusedRequestException(ExchangeRefusal.of(error, description));
  }

  /** The proof of the one that the token is about. A secret. */
  String subject() {
    return subject;
  }

  /** The proof of the one that acts for it. A secret. */
  Optional<String> actor() {
    return actor;
  }

  TokenTarget target() {
    return target;
  }

  IssuedType type() {
    return type;
  }

  @Override
  public String toString() {
    return "ExchangeRequest[" + target + ", ****]";
  }
}
