package dev.rolecall.tokens.internal.keys;

import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.tokens.internal.http.IssuerExchanges;
import dev.rolecall.tokens.internal.http.IssuerOutcome;
import java.util.concurrent.CompletableFuture;

/** One question for the keys of an issuer, as its fetches ask, of which nothing is kept. */
public final class KeyQuestion {

  private KeyQuestion() {}

  /**
   * Asks for the discovery document and the keys. Completes on the executor of look-ups, within
   * {@link IssuerExchanges#LIMIT}; exceptionally for a defect alone.
   */
  public static CompletableFuture<IssuerOutcome<KeySet>> ask(
      String issuer, KeySource source, IssuerExchanges exchanges) {
    return new KeyFetch(issuer, source, exchanges)
        .begin()
        .thenApply(outcome -> outcome.then(fetched -> IssuerOutcome.good(fetched.keys())));
  }
}
