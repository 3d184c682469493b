package dev.rolecall.txntoken;

import dev.rolecall.jwt.TimeRules;
import dev.rolecall.jwt.TokenLimits;
import dev.rolecall.jwt.json.JsonLimits;
import dev.rolecall.jwt.key.Algorithm;
import java.time.Duration;
import java.util.Set;

/**
 * The rules of a server's tokens.
 *
 * @param domain the one value of {@code aud}
 * @param scopes the server's own names, of which a token must name one
 * @param names the issuers whose callers may be passed on
 */
record TokenRules(TrustDomain domain, Set<String> scopes, PassedNames names) {

  /** The size, the nesting, the members and the digits of a token. */
  static final TokenLimits LIMITS =
      new TokenLimits(
          TransactionToken.LONGEST,
          new JsonLimits(512, 1, 8, 20),
          new JsonLimits(4_096, 6, 64, 20));

  static final Set<Algorithm> ALGORITHMS =
      Set.of(Algorithm.ES256, Algorithm.RS256, Algorithm.EDDSA);

  static final TimeRules TIMES = new TimeRules(Duration.ofSeconds(30), Duration.ofHours(1));

  TokenRules {
    scopes = Set.copyOf(scopes);
  }
}
