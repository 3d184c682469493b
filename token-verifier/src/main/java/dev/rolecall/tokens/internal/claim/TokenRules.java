package dev.rolecall.tokens.internal.claim;

import static dev.rolecall.tokens.internal.claim.FailedCheckException.unless;
import static java.util.Objects.requireNonNull;

import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.jwt.ClaimFlaw;
import dev.rolecall.jwt.ClaimsReading;
import dev.rolecall.jwt.CompactToken;
import dev.rolecall.jwt.TokenClaims;
import dev.rolecall.jwt.json.JsonValue;
import java.time.Instant;
import java.util.Optional;

/**
 * The rules of one issuer's tokens, all but the signature: each is checked here and now, in the
 * order of {@link #judge}, before any key is looked for.
 *
 * @param alias the server's name for the issuer
 * @param issuer the text of {@code iss}, character by character
 * @param profile how the issuer writes its tokens
 * @param expected what the settings expect of them
 * @param vouched the principals that it may vouch for
 */
public record TokenRules(
    IssuerAlias alias, String issuer, ProfileRules profile, Expected expected, Vouched vouched) {

  /** Checks that nothing is absent. */
  public TokenRules {
    requireNonNull(alias, "alias");
    requireNonNull(issuer, "issuer");
    requireNonNull(profile, "profile");
    requireNonNull(expected, "expected");
    requireNonNull(vouched, "vouched");
  }

  /**
   * Judges a token whose {@code iss} is this issuer's, or absent where the profile allows that.
   *
   * @param sender the client certificate of the connection that it came in on
   */
  public TokenJudgement judge(CompactToken token, Optional<BindingHash> sender, Instant now) {
    try {
      TokenClaims claims = passed(token, now);
      Optional<BindingHash> bound = Confirmation.of(claims.all());
      unless(bound.isEmpty() || bound.equals(sender), TokenCheck.SENDER);
      Caller caller = new CallerReader(this, token.header().kid(), claims).read(CallerReader.OIDC);
      unless(now.isBefore(caller.notAfter()), TokenCheck.EXPIRED);
      return new TokenJudgement.Plausible(new Verification.Verified(caller, bound));
    } catch (FailedCheckException e) {
      return e.check().isAboutAKnownCaller()
          ? new TokenJudgement.Plausible(
              new Verification.Refused(
                  e.check().reason(), Optional.of(TokenFacts.of(alias, token).failing(e.check()))))
          : new TokenJudgement.Failed(e.check());
    }
  }

  /** The trust domain whose workloads it vouches for; empty for an issuer of another kind. */
  public Optional<String> trustDomain() {
    return vouched.domain();
  }

  /** The same of a token whose claims the issuer states when it is asked. */
  TokenRules introspected() {
    return new TokenRules(alias, issuer, ProfileRules.introspected(), expected, vouched);
  }

  private TokenClaims passed(CompactToken token, Instant now) throws FailedCheckException {
    unless(profile.types().accepts(token.header()), TokenCheck.TYPE);
    unless(expected.algorithms().contains(token.header().algorithm()), TokenCheck.ALGORITHM);
    TokenClaims claims = form(token.claims());
    ProfileChecks.purpose(claims, profile.idTokens());
    checkAudience(claims);
    checkTimes(claims, now);
    profile.check().check(claims, issuer);
    return claims;
  }

  /** The registered claims, each of a good form. */
  static TokenClaims form(JsonValue.Members all) throws FailedCheckException {
    ClaimsReading reading = TokenClaims.read(all);
    if (reading instanceof ClaimsReading.Malformed malformed) {
      throw new FailedCheckException(TokenCheck.of(malformed.flaw()));
    }
    return ((ClaimsReading.Read) reading).claims();
  }

  private void checkAudience(TokenClaims claims) throws FailedCheckException {
    boolean named = claims.isForOneOf(expected.audiences());
    if (profile.needsClients()) {
      // Where aud is there all the same, it names us: the client's other servers have their own.
      unless(named || claims.audiences().isEmpty(), TokenCheck.AUDIENCE);
      unless(
          profile.client().client(claims.all()).filter(expected.clients()::contains).isPresent(),
          TokenCheck.AUDIENCE);
    } else {
      unless(named, TokenCheck.AUDIENCE);
    }
  }

  /** The end allows for no skew: calls and streams end there too. */
  private void checkTimes(TokenClaims claims, Instant now) throws FailedCheckException {
    unless(now.isBefore(claims.times().expiry()), TokenCheck.EXPIRED);
    Optional<ClaimFlaw> flaw = expected.times().flaw(claims.times(), now);
    if (flaw.isPresent()) {
      throw new FailedCheckException(TokenCheck.of(flaw.get()));
    }
  }
}
