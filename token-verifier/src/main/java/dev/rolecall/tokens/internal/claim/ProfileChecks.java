package dev.rolecall.tokens.internal.claim;

import static dev.rolecall.tokens.internal.claim.FailedCheckException.unless;

import dev.rolecall.identity.internal.Alphabet;
import dev.rolecall.jwt.TokenClaims;
import dev.rolecall.jwt.json.JsonValue;
import java.util.Optional;
import java.util.Set;

/** The rules about claims of single profiles, each by its vendor's documents. */
final class ProfileChecks {

  private static final String SERVICE_ACCOUNT = "system:serviceaccount:";
  private static final int LONGEST_SUBJECT = 255;

  /** Claims that tell an ID token from an access token (OpenID Connect Core, 2 and 3.3.2.11). */
  private static final Set<String> OF_ID_TOKENS = Set.of("nonce", "at_hash", "c_hash");

  /** The claim of logout tokens and of security events (RFC 8417). */
  private static final String EVENTS = "events";

  private ProfileChecks() {}

  /** What no access token has. */
  static void purpose(TokenClaims claims, boolean idTokens) throws FailedCheckException {
    unless(!claims.all().has(EVENTS), TokenCheck.PURPOSE);
    unless(idTokens || OF_ID_TOKENS.stream().noneMatch(claims.all()::has), TokenCheck.PURPOSE);
  }

  static void issuedAt(TokenClaims claims, String issuer) throws FailedCheckException {
    unless(claims.times().issuedAt().isPresent(), TokenCheck.TIMES);
  }

  /** Keycloak writes ID, Refresh, Offline or Logout there for tokens of other kinds. */
  static void keycloak(TokenClaims claims, String issuer) throws FailedCheckException {
    unless(is(claims, "typ", "Bearer"), TokenCheck.PURPOSE);
  }

  /** The tenant of the token is the one of the issuer, and the version is 2.0. */
  static void entra(TokenClaims claims, String issuer) throws FailedCheckException {
    Optional<String> tenant = claims.all().text("tid");
    unless(is(claims, "ver", "2.0"), TokenCheck.PROFILE);
    unless(
        tenant.map(id -> !id.isEmpty() && issuer.contains("/" + id + "/")).orElse(false),
        TokenCheck.PROFILE);
  }

  /** Google's subjects are numbers, which are never used again; addresses of mail are. */
  static void google(TokenClaims claims, String issuer) throws FailedCheckException {
    unless(
        claims.subject().map(sub -> Alphabet.DIGITS.spells(sub, 1, LONGEST_SUBJECT)).orElse(false),
        TokenCheck.SUBJECT);
  }

  static void github(TokenClaims claims, String issuer) throws FailedCheckException {
    unless(
        claims.all().text("repository").isPresent()
            && claims.all().text("repository_owner_id").isPresent(),
        TokenCheck.PROFILE);
  }

  static void kubernetes(TokenClaims claims, String issuer) throws FailedCheckException {
    unless(
        claims.subject().map(sub -> sub.startsWith(SERVICE_ACCOUNT)).orElse(false),
        TokenCheck.SUBJECT);
    unless(
        claims.all().get("kubernetes.io").filter(JsonValue.Members.class::isInstance).isPresent(),
        TokenCheck.PROFILE);
  }

  static void cognito(TokenClaims claims, String issuer) throws FailedCheckException {
    unless(is(claims, "token_use", "access"), TokenCheck.PURPOSE);
  }

  private static boolean is(TokenClaims claims, String name, String value) {
    return claims.all().text(name).map(value::equals).orElse(false);
  }
}
