package dev.rolecall.tokens;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Reading;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.jwt.CompactToken;
import dev.rolecall.jwt.TokenLimits;
import dev.rolecall.jwt.json.JsonValue;
import dev.rolecall.tokens.internal.claim.TokenCheck;
import dev.rolecall.tokens.internal.claim.TokenFacts;
import java.util.Optional;

/**
 * The reader of signed tokens: all that can be checked here and now, before any key is looked for.
 *
 * @param issuers the issuers that are accepted
 * @param limits the bounds of a token
 * @param verdicts checks the signatures
 */
record SignedTokens(IssuerTable issuers, TokenLimits limits, SignatureVerdicts verdicts) {

  SignedTokens {
    requireNonNull(issuers, "issuers");
    requireNonNull(limits, "limits");
    requireNonNull(verdicts, "verdicts");
  }

  Reading read(String text, Connection connection) {
    return CompactToken.read(text, limits)
        .fold(
            token -> read(text, token, connection),
            malformed ->
                Reading.refused(
                    RefusalReason.CREDENTIAL_MALFORMED,
                    Optional.of(TokenFacts.malformed(malformed.rule()))));
  }

  private Reading read(String text, CompactToken token, Connection connection) {
    Optional<KeyedIssuer> found = issuers.find(token.claims());
    if (found.isEmpty()) {
      return refused(unknown(token.claims()), TokenFacts.ofUnknown(token));
    }
    KeyedIssuer issuer = found.get();
    return issuer
        .rules()
        .judge(token, connection.sender(), verdicts.runtime().clock().instant())
        .fold(
            failed -> refused(failed, TokenFacts.of(issuer.rules().alias(), token)),
            ifGenuine ->
                new TokenQuestion(text, token, issuer, ifGenuine, connection.peer(), verdicts));
  }

  private static TokenCheck unknown(JsonValue.Members claims) {
    return claims.text("iss").isPresent() ? TokenCheck.ISSUER : TokenCheck.ISSUER_FORM;
  }

  private static Reading refused(TokenCheck check, TokenFacts facts) {
    return Reading.refused(check.reason(), Optional.of(facts.failing(check)));
  }
}
