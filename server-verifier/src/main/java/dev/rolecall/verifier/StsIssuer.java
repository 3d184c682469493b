package dev.rolecall.verifier;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.scheme.Issuer;
import dev.rolecall.verifier.internal.endpoint.StsEndpoint;
import dev.rolecall.verifier.internal.sts.StsClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** One endpoint of STS. */
record StsIssuer(StsEndpoint endpoint, StsClient sts) implements Issuer {

  StsIssuer {
    requireNonNull(endpoint, "endpoint");
    requireNonNull(sts, "sts");
  }

  @Override
  public boolean isAway() {
    return sts.isAway(endpoint);
  }

  @Override
  public CompletableFuture<Boolean> answersQuestion() {
    return sts.answersQuestion(endpoint);
  }

  @Override
  public Duration retryAfter() {
    return sts.retryAfter(endpoint);
  }
}
