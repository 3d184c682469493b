package dev.rolecall.exchange;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.RefusalReason;
import dev.rolecall.jwt.TokenSigner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;

/** Signs tokens, within the budget of their session. Takes up to 3 ms of CPU time each. */
final class TokenMint {

  /** The type of header of access tokens: RFC 9068, section 2.1. */
  static final String TYPE = "at+jwt";

  private static final int ID_BYTES = 16;
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private final IssuerSettings issuer;
  private final Clock clock;
  private final IssueBudget budget = new IssueBudget();

  TokenMint(IssuerSettings issuer, Clock clock) {
    this.issuer = requireNonNull(issuer, "issuer");
    this.clock = requireNonNull(clock, "clock");
  }

  /** The token of that content; a refusal over the budget, or if the proofs have lapsed. */
  ExchangeOutcome issue(TokenContent content, IssuedType type) {
    Instant now = clock.instant();
    Optional<Duration> wait =
        budget.take(content.actor().orElse(content.subject()), now.toEpochMilli());
    if (wait.isPresent()) {
      return new ExchangeRefusal(
          OAuthError.OVER_LIMIT, "too many tokens for one session (expected: fewer)", wait);
    }
    Instant issued = now.truncatedTo(ChronoUnit.SECONDS);
    Instant ends = issuer.life().end(issued, content.proofEnds());
    if (!ends.isAfter(now)) {
      return ExchangeRefusal.ofProof(ExchangeRequest.SUBJECT, RefusalReason.CREDENTIAL_EXPIRED);
    }
    return new ExchangeOutcome.Issued(
        TokenSigner.of(issuer.keys().current())
            .sign(TYPE, content.claims(issuer.url(), issued, ends, newId())),
        type,
        Duration.between(issued, ends));
  }

  private String newId() {
    byte[] id = new byte[ID_BYTES];
    issuer.random().nextBytes(id);
    return ENCODER.encodeToString(id);
  }
}
