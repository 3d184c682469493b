package dev.rolecall.tokens;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.scheme.Issuer;
import dev.rolecall.tokens.internal.claim.TokenRules;
import dev.rolecall.tokens.internal.keys.IssuerKeys;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** An issuer of signed tokens, for which its keys answer. Compared by identity. */
final class KeyedIssuer implements Issuer {

  private final TokenRules rules;
  private final IssuerKeys keys;

  KeyedIssuer(TokenRules rules, IssuerKeys keys) {
    this.rules = requireNonNull(rules, "rules");
    this.keys = requireNonNull(keys, "keys");
  }

  TokenRules rules() {
    return rules;
  }

  IssuerKeys keys() {
    return keys;
  }

  /** Whether there are no keys to check with. */
  @Override
  public boolean isAway() {
    return keys.current().isEmpty();
  }

  @Override
  public CompletableFuture<Boolean> answersQuestion() {
    return keys.available();
  }

  @Override
  public Duration retryAfter() {
    return keys.retryAfter();
  }
}
