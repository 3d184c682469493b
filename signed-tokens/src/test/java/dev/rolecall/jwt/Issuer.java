package dev.rolecall.jwt;

import dev.rolecall.jwt.Forge.Raw;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.SigningKey;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/** An issuer of the tests, with a key of each kind. */
final class Issuer {

  static final Instant NOW = Instant.parse("2026-11-29T20:00:00Z");
  static final String NAME = "https://idp.example/";

  static final SigningKey RSA = TestKeys.key(Algorithm.RS256);
  static final SigningKey P_256 = TestKeys.key(Algorithm.ES256);
  static final SigningKey P_384 = TestKeys.key(Algorithm.ES384);
  static final SigningKey ED = TestKeys.key(Algorithm.EDDSA);

  /** Not one of the issuer's. */
  static final SigningKey STRANGER = TestKeys.otherKey(Algorithm.RS256);

  static final Set<Algorithm> ALLOWED =
      EnumSet.of(Algorithm.RS256, Algorithm.ES256, Algorithm.ES384, Algorithm.EDDSA);

  static final ClaimRules RULES = new ClaimRules(NAME, Set.of("orders"), TimeRules.standard());

  private Issuer() {}

  static Raw header(SigningKey key) {
    return new Raw()
        .with("alg", "\"" + key.algorithm() + "\"")
        .with("typ", "\"at+jwt\"")
        .with("kid", "\"" + key.kid() + "\"");
  }

  static Raw claims() {
    return new Raw()
        .with("iss", "\"" + NAME + "\"")
        .with("sub", "\"alice\"")
        .with("aud", "\"orders\"")
        .with("iat", Long.toString(NOW.getEpochSecond() - 10))
        .with("exp", Long.toString(NOW.getEpochSecond() + 300));
  }
}
