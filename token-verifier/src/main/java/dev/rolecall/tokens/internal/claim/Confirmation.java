package dev.rolecall.tokens.internal.claim;

import static dev.rolecall.tokens.internal.claim.FailedCheckException.unless;

import dev.rolecall.identity.BindingHash;
import dev.rolecall.jwt.json.JsonValue;
import java.util.Optional;

/**
 * The binding of a token to its sender: {@code cnf} with {@code x5t#S256}, and nothing else. A
 * token that is bound otherwise is never taken for a bearer token.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8705#section-3.1">RFC 8705, section 3.1</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7800">RFC 7800, cnf</a>
 */
final class Confirmation {

  private static final String CERTIFICATE = "x5t#S256";

  private Confirmation() {}

  /** The hash of the client certificate that it is bound to; empty for a bearer token. */
  static Optional<BindingHash> of(JsonValue.Members claims) throws FailedCheckException {
    if (!claims.has("cnf")) {
      return Optional.empty();
    }
    unless(claims.get("cnf").orElseThrow() instanceof JsonValue.Members, TokenCheck.SENDER);
    JsonValue.Members cnf = (JsonValue.Members) claims.get("cnf").orElseThrow();
    Optional<String> hash = cnf.text(CERTIFICATE).filter(BindingHash::isValid);
    unless(cnf.values().size() == 1 && hash.isPresent(), TokenCheck.SENDER);
    return hash.map(BindingHash::new);
  }
}
