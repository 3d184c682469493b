package dev.rolecall.certificates;

import dev.rolecall.access.scheme.Issuer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** This process itself, which answers for every authority and is never away. */
enum LocalIssuer implements Issuer {
  /** The only one. */
  INSTANCE;

  @Override
  public boolean isAway() {
    return false;
  }

  @Override
  public CompletableFuture<Boolean> answersQuestion() {
    return CompletableFuture.completedFuture(true);
  }

  @Override
  public Duration retryAfter() {
    return Duration.ofSeconds(1);
  }
}
