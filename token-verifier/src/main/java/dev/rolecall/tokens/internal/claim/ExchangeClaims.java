package dev.rolecall.tokens.internal.claim;

import static dev.rolecall.tokens.internal.claim.FailedCheckException.unless;

import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import dev.rolecall.jwt.json.JsonValue;
import java.time.Instant;
import java.util.Optional;

/**
 * The claims of Rolecall's own token exchange: what the exchanged proof stated of the role's
 * session, so that pins, records and locks see what they would see of the proof.
 */
final class ExchangeClaims {

  /** The name of the scheme, as evidence has it. */
  static final String SCHEME = "token-exchange";

  /** The unique id of the role. */
  private static final String ROLE_ID = "role_id";

  /** The name of the role's session. */
  private static final String SESSION_NAME = "session_name";

  /** The id of the access key that signed the proof. */
  private static final String ACCESS_KEY_ID = "access_key_id";

  private ExchangeClaims() {}

  static Caller caller(
      JsonValue.Members claims,
      String subject,
      Attributes attributes,
      Evidence evidence,
      Instant expiry)
      throws FailedCheckException {
    RoleArn role =
        Vouched.role(subject).orElseThrow(() -> new FailedCheckException(TokenCheck.SUBJECT_KIND));
    try {
      return new Caller(
          withId(role, claims),
          attributes,
          new Evidence(
              SCHEME,
              evidence.carrier(),
              text(claims, SESSION_NAME),
              text(claims, ACCESS_KEY_ID).or(evidence::credentialId),
              evidence.facts()),
          expiry);
    } catch (IllegalArgumentException e) {
      // A text breaks its rule; the message quotes it.
      throw new FailedCheckException(TokenCheck.PROFILE);
    }
  }

  /**
   * The role with its unique id, where the claims beside its ARN state one.
   *
   * @throws IllegalArgumentException if the id breaks its rule; the message quotes it
   */
  static IamRole withId(RoleArn role, JsonValue.Members claims) throws FailedCheckException {
    return new IamRole(role, text(claims, ROLE_ID).map(RoleId::parse));
  }

  private static Optional<String> text(JsonValue.Members claims, String name)
      throws FailedCheckException {
    unless(!claims.has(name) || claims.text(name).isPresent(), TokenCheck.PROFILE);
    return claims.text(name);
  }
}
