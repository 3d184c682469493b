package dev.rolecall.access.scheme;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** An issuer that is away, and answers the engine's own question, as a test says. */
public final class FakeIssuer implements Issuer {

  /** The time that callers are told to wait. */
  public static final Duration RETRY_AFTER = Duration.ofSeconds(7);

  private final AtomicInteger timesAskedIfAway = new AtomicInteger();
  private volatile boolean away;
  private volatile boolean failing;
  private volatile CompletableFuture<Boolean> question = CompletableFuture.completedFuture(true);

  /** An issuer that is there. */
  public FakeIssuer() {}

  /** From now on it is away, or no longer. */
  public FakeIssuer away(boolean away) {
    this.away = away;
    return this;
  }

  /** From now on it cannot say how long to wait. */
  public void failing() {
    failing = true;
  }

  /** From now on the question is answered so. */
  public void answeringQuestion(CompletableFuture<Boolean> answer) {
    question = answer;
  }

  /** How often it was asked whether it is away. */
  public int timesAskedIfAway() {
    return timesAskedIfAway.get();
  }

  @Override
  public boolean isAway() {
    timesAskedIfAway.incrementAndGet();
    return away;
  }

  @Override
  public CompletableFuture<Boolean> answersQuestion() {
    return question;
  }

  @Override
  public Duration retryAfter() {
    if (failing) {
      throw new IllegalStateException("a defect of the scheme");
    }
    return RETRY_AFTER;
  }
}
