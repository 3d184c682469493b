package dev.rolecall.exchange;

import static java.util.Objects.requireNonNull;

import dev.rolecall.jwt.SignedToken;
import java.time.Duration;

/** The answer to a request for a token: a token, or a refusal. */
sealed interface ExchangeOutcome permits ExchangeOutcome.Issued, ExchangeRefusal {

  /**
   * A token.
   *
   * @param token the token, which masks itself
   * @param type the type that was asked for
   * @param life how long it is good, in whole seconds
   */
  record Issued(SignedToken token, IssuedType type, Duration life) implements ExchangeOutcome {
    /** Checks that nothing is absent. */
    public Issued {
      requireNonNull(token, "token");
      requireNonNull(type, "type");
      requireNonNull(life, "life");
    }
  }
}
