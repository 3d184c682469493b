package dev.rolecall.tokens.internal.claim;

import static dev.rolecall.tokens.internal.claim.FailedCheckException.unless;
import static java.util.Objects.requireNonNull;

import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.identity.Caller;
import dev.rolecall.jwt.ClaimFlaw;
import dev.rolecall.jwt.TokenClaims;
import dev.rolecall.jwt.json.JsonValue;
import dev.rolecall.jwt.json.ObjectBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The rules of what an issuer says of an opaque token.
 *
 * @param token the rules of the issuer's tokens
 * @param audienceMayBeAbsent whether a token without {@code aud} is accepted
 * @param again after how long the issuer is asked again
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7662#section-2.2">RFC 7662, section 2.2</a>
 */
public record IntrospectionRules(TokenRules token, boolean audienceMayBeAbsent, Duration again) {

  private static final String SCHEME = "oauth2-introspection";
  private static final String ACTIVE = "active";
  private static final String EXPIRY = "exp";

  private static final String TYPE = "token_type";

  /** The types of an access token that its bearer may use (RFC 6749, section 7.1). */
  private static final Set<String> OF_BEARER =
      Set.of("bearer", "access_token", "urn:ietf:params:oauth:token-type:access_token");

  /** The words by which issuers mark tokens that are no access tokens. */
  private static final Set<String> OTHER_PURPOSES =
      Set.of("refresh_token", "refresh", "Refresh", "Offline", "ID", "id_token", "Logout");

  /** Checks that nothing is absent. */
  public IntrospectionRules {
    requireNonNull(token, "token");
    requireNonNull(again, "again");
  }

  /**
   * Judges what the issuer says.
   *
   * @return the verdict; empty if the answer does not say whether the token is active
   */
  public Optional<Verification> judge(JsonValue.Members said, Instant now) {
    if (!(said.get(ACTIVE).orElse(null) instanceof JsonValue.Truth active)) {
      return Optional.empty();
    }
    try {
      unless(active.value(), TokenCheck.ACTIVE);
      TokenClaims claims = claims(said, now);
      Optional<BindingHash> bound = Confirmation.of(said);
      Caller caller = new CallerReader(token.introspected(), Optional.empty(), claims).read(SCHEME);
      return Optional.of(new Verification.Verified(until(caller, now.plus(again)), bound));
    } catch (FailedCheckException e) {
      TokenFacts facts = TokenFacts.of(token.alias(), said).failing(e.check());
      return Optional.of(new Verification.Refused(e.check().reason(), Optional.of(facts)));
    }
  }

  private static Caller until(Caller caller, Instant askedAgain) {
    return caller.notAfter().isBefore(askedAgain)
        ? caller
        : new Caller(caller.principal(), caller.attributes(), caller.evidence(), askedAgain);
  }

  private TokenClaims claims(JsonValue.Members said, Instant now) throws FailedCheckException {
    TokenClaims claims = TokenRules.form(said.has(EXPIRY) ? said : ending(said, now.plus(again)));
    unless(!said.has("iss") || claims.isFrom(token.issuer()), TokenCheck.ISSUER);
    unless(isOfBearer(said), TokenCheck.PURPOSE);
    unless(!isOfAnotherPurpose(said, "typ"), TokenCheck.PURPOSE);
    unless(!isOfAnotherPurpose(said, "token_use"), TokenCheck.PURPOSE);
    unless(
        claims.isForOneOf(token.expected().audiences())
            || (audienceMayBeAbsent && claims.audiences().isEmpty()),
        TokenCheck.AUDIENCE);
    unless(now.isBefore(claims.times().expiry()), TokenCheck.EXPIRED);
    Optional<ClaimFlaw> flaw =
        token
            .expected()
            .times()
            .flaw(claims.times(), now)
            // The issuer is asked again soon: how long the token may live is its affair.
            .filter(each -> each != ClaimFlaw.LIFE_TOO_LONG);
    if (flaw.isPresent()) {
      throw new FailedCheckException(TokenCheck.of(flaw.get()));
    }
    return claims;
  }

  /** A token of another type, such as DPoP, is bound to its sender in a way of that type. */
  private static boolean isOfBearer(JsonValue.Members said) {
    return !said.has(TYPE)
        || said.text(TYPE)
            .map(type -> type.toLowerCase(Locale.ROOT))
            .filter(OF_BEARER::contains)
            .isPresent();
  }

  private static boolean isOfAnotherPurpose(JsonValue.Members said, String name) {
    return said.text(name).map(OTHER_PURPOSES::contains).orElse(false);
  }

  /** The answer of an issuer that does not say when the token ends, ending then. */
  private static JsonValue.Members ending(JsonValue.Members said, Instant end) {
    ObjectBuilder ending = new ObjectBuilder();
    said.values().forEach(ending::put);
    return ending.put(EXPIRY, end.getEpochSecond()).build();
  }
}
