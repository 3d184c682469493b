package dev.rolecall.jwt;

import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.jwt.key.VerificationKey;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A server of the tests that trusts one issuer. It does in a few lines what a verifier does: read,
 * type, form of claims, what they say, key, signature.
 *
 * @param keys the issuer's keys
 * @param allowed the issuer's algorithms
 * @param rules the rules of claims
 * @param now the time
 */
record Server(KeySet keys, Set<Algorithm> allowed, ClaimRules rules, Instant now) {

  static final String ACCEPTED = "accepted";

  /** What becomes of a text: accepted, or the word of the first check that fails. */
  String judge(String text) {
    return CompactToken.read(text, TokenLimits.standard())
        .fold(
            this::judge,
            malformed ->
                malformed.flaw() + malformed.json().map(flaw -> " " + flaw.name()).orElse(""));
  }

  private String judge(CompactToken token) {
    if (!token.header().isOfType("at+jwt")) {
      return "TYPE_OTHER";
    }
    return TokenClaims.read(token.claims()).fold(claims -> judge(token, claims), Enum::name);
  }

  private String judge(CompactToken token, TokenClaims claims) {
    Optional<ClaimFlaw> flaw = rules.flaw(claims, now);
    if (flaw.isPresent()) {
      return flaw.get().name();
    }
    return keys.find(token.header().kid(), token.header().algorithm(), allowed)
        .fold(key -> judge(token, key), Enum::name);
  }

  private static String judge(CompactToken token, VerificationKey key) {
    return SignatureCheck.verify(token, key).isPresent() ? ACCEPTED : "SIGNATURE";
  }
}
