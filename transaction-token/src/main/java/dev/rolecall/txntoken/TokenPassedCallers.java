package dev.rolecall.txntoken;

import static dev.rolecall.txntoken.FailedCheckException.unless;

import dev.rolecall.access.proxy.PassedCallers;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.jwt.CompactToken;
import dev.rolecall.jwt.SignatureCheck;
import dev.rolecall.jwt.key.KeySearch;
import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.jwt.key.VerificationKey;
import dev.rolecall.txntoken.internal.keys.KnownKeys;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/**
 * The reader of transaction tokens: form, type, algorithm, claims, then the key, and last the
 * signature, which alone takes time.
 */
final class TokenPassedCallers implements PassedCallers {

  private final Set<PrincipalPattern> proxies;
  private final TokenRules rules;
  private final KnownKeys keys;
  private final Clock clock;
  private volatile boolean closed;

  TokenPassedCallers(Set<PrincipalPattern> proxies, TokenRules rules, KnownKeys keys, Clock clock) {
    this.proxies = proxies;
    this.rules = rules;
    this.keys = keys;
    this.clock = clock;
  }

  @Override
  public boolean isProxy(Caller caller) {
    return proxies.stream().anyMatch(pattern -> pattern.matches(caller));
  }

  @Override
  public Verification read(String text, Caller proxy) {
    if (closed) {
      return unavailable(Optional.empty());
    }
    return CompactToken.read(text, TokenRules.LIMITS)
        .fold(
            this::read,
            malformed -> refused(TokenCheck.FORM, PassedFacts.malformed(malformed.rule())));
  }

  private Verification read(CompactToken token) {
    try {
      return judged(token);
    } catch (FailedCheckException e) {
      return refused(e.check(), PassedFacts.of(token, e.check().words()));
    }
  }

  private Verification judged(CompactToken token) throws FailedCheckException {
    unless(token.header().isOfType(TransactionToken.TYPE), TokenCheck.TYPE);
    unless(TokenRules.ALGORITHMS.contains(token.header().algorithm()), TokenCheck.ALGORITHM);
    String kid =
        token.header().kid().orElseThrow(() -> new FailedCheckException(TokenCheck.KEY_ID));
    // The claims are those that the signature, once it is checked, is over.
    Caller caller = new PassedClaims(token.claims(), rules).caller(kid, clock.instant());
    Optional<KeySet> known = keys.current();
    if (known.isEmpty()) {
      return unavailable(Optional.of(PassedFacts.of(token, "the keys are not known")));
    }
    KeySearch search =
        known.get().find(token.header().kid(), token.header().algorithm(), TokenRules.ALGORITHMS);
    if (search instanceof KeySearch.Missing missing) {
      unless(missing.reason() == KeySearch.Reason.UNKNOWN && !keys.isMissing(kid), TokenCheck.KEY);
      return unavailable(Optional.of(PassedFacts.of(token, "kid is not known yet")));
    }
    VerificationKey key = ((KeySearch.Found) search).key();
    unless(SignatureCheck.verify(token, key).isPresent(), TokenCheck.SIGNATURE);
    return new Verification.Verified(caller);
  }

  private static Verification refused(TokenCheck check, PassedFacts facts) {
    return new Verification.Refused(check.reason(), Optional.of(facts));
  }

  private Verification unavailable(Optional<PassedFacts> facts) {
    return new Verification.Unavailable(
        RefusalReason.ISSUER_UNAVAILABLE, Optional.of(keys.retryAfter()), facts.map(each -> each));
  }

  @Override
  public void close() {
    closed = true;
    keys.close();
  }
}
