package dev.rolecall.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.KeySet;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The sample of the README. */
class ReadmeTest {

  // region verify
  static String subject(String text, KeySet keys, ClaimRules rules, Instant now) {
    return CompactToken.read(text, TokenLimits.standard())
        .fold(token -> subject(token, keys, rules, now), malformed -> malformed.rule());
  }

  static String subject(CompactToken token, KeySet keys, ClaimRules rules, Instant now) {
    TokenHeader header = token.header();
    return keys.find(header.kid(), header.algorithm(), Set.of(Algorithm.RS256))
        .fold(
            key ->
                SignatureCheck.verify(token, key)
                    .map(verified -> subject(verified, rules, now))
                    .orElse("the signature is not the key's"),
            reason -> "no key: " + reason);
  }

  static String subject(VerifiedToken token, ClaimRules rules, Instant now) {
    return TokenClaims.read(token.claims())
        .fold(
            claims ->
                rules.flaw(claims, now).map(ClaimFlaw::words).or(claims::subject).orElse("none"),
            flaw -> flaw.words());
  }

  // endregion

  @Test
  void sample_goodToken_isItsSubject() {
    KeySet keys = KeySet.of(List.of(Issuer.RSA.verificationKey()));
    String text =
        Forge.token(Issuer.header(Issuer.RSA).toString(), Issuer.claims().toString(), Issuer.RSA);

    assertThat(subject(text, keys, Issuer.RULES, Issuer.NOW)).isEqualTo("alice");
    assertThat(subject(text, keys, Issuer.RULES, Issuer.NOW.plusSeconds(400)))
        .isEqualTo("exp has passed");
    assertThat(subject(text, KeySet.of(List.of()), Issuer.RULES, Issuer.NOW))
        .isEqualTo("no key: UNKNOWN");
    assertThat(subject(text + "=", keys, Issuer.RULES, Issuer.NOW))
        .isEqualTo("a part is not canonical base64url");
  }
}
