package dev.rolecall.tokens.internal.claim;

import static dev.rolecall.tokens.internal.claim.FailedCheckException.unless;

import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.Fact;
import dev.rolecall.identity.Principal;
import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.jwt.TokenClaims;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the caller that a token names, should it be genuine. */
final class CallerReader {

  /** The name of the scheme of signed tokens, as evidence has it. */
  static final String OIDC = "oidc";

  private final TokenRules rules;
  private final Optional<String> kid;
  private final TokenClaims claims;

  CallerReader(TokenRules rules, Optional<String> kid, TokenClaims claims) {
    this.rules = rules;
    this.kid = kid;
    this.claims = claims;
  }

  /**
   * Reads it.
   *
   * @param scheme the scheme by which subjects of the issuer's own were proven
   */
  Caller read(String scheme) throws FailedCheckException {
    String subject = subject();
    Attributes attributes = attributes();
    if (rules.vouched() instanceof Vouched.RolesOfAccount roles) {
      return WebIdentityClaims.read(claims, subject, roles)
          .caller(attributes, evidence(WebIdentityClaims.SCHEME), expiry());
    }
    if (rules.vouched() instanceof Vouched.Roles) {
      return ExchangeClaims.caller(
          claims.all(), subject, attributes, evidence(ExchangeClaims.SCHEME), expiry());
    }
    Principal principal =
        rules
            .vouched()
            .principal(subject)
            .orElseThrow(() -> new FailedCheckException(TokenCheck.SUBJECT));
    return new Caller(principal, attributes, evidence(scheme), expiry());
  }

  private Instant expiry() {
    return claims.times().expiry();
  }

  private String subject() throws FailedCheckException {
    for (String name : rules.profile().subject()) {
      if (claims.all().has(name)) {
        return claims
            .all()
            .text(name)
            .orElseThrow(() -> new FailedCheckException(TokenCheck.SUBJECT));
      }
    }
    throw new FailedCheckException(TokenCheck.SUBJECT);
  }

  private Attributes attributes() throws FailedCheckException {
    Optional<String> client = client();
    unless(
        rules.expected().clients().isEmpty()
            || client.filter(rules.expected().clients()::contains).isPresent(),
        TokenCheck.CLIENT_NOT_ALLOWED);
    return new Attributes(
        client,
        Scopes.of(claims.all()),
        ClaimValues.of(claims.all()),
        Map.of(),
        ActorChain.of(claims.all(), rules.issuer(), rules.vouched()));
  }

  private Optional<String> client() throws FailedCheckException {
    return rules.profile().client().client(claims.all());
  }

  private Evidence evidence(String scheme) throws FailedCheckException {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("issuer", "issuer", rules.alias().value()));
    client().ifPresent(client -> facts.add(new Fact("client", "client", client)));
    kid.map(InvalidValue::printable).ifPresent(kid -> facts.add(new Fact("key_id", "key id", kid)));
    return new Evidence(
        scheme,
        Evidence.Carrier.CALL_METADATA,
        Optional.empty(),
        claims.all().text("jti").map(InvalidValue::printable),
        facts);
  }
}
