package dev.rolecall.access;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.scheme.Verification;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A call that has to wait until its caller is known. Safe for use by many threads; nothing in it
 * blocks.
 */
public final class Pending implements Outcome {

  private final Function<CompletableFuture<Verification>, Outcome> settle;
  private final Supplier<Outcome> crowdedOut;
  private final CompletableFuture<Verification> verdict;

  /**
   * A call that waits for that verdict.
   *
   * @param settle gives the answer by it, once it is complete
   * @param crowdedOut gives the answer for want of a place
   */
  Pending(
      Function<CompletableFuture<Verification>, Outcome> settle,
      Supplier<Outcome> crowdedOut,
      CompletableFuture<Verification> verdict) {
    this.settle = requireNonNull(settle, "settle");
    this.crowdedOut = requireNonNull(crowdedOut, "crowdedOut");
    this.verdict = requireNonNull(verdict, "verdict");
  }

  /**
   * Runs the task once the wait is over, be it left. On a thread of the look-up, which must not run
   * application code.
   */
  public void whenReady(Runnable task) {
    CompletionStage<Verification> stage = verdict;
    stage.whenComplete((verification, thrown) -> task.run());
  }

  /** The answer, once the wait is over: an admission or a refusal. */
  public Outcome outcome() {
    return settle.apply(verdict);
  }

  /**
   * The answer about a call for which the door has no place or thread to wait or go on: a refusal,
   * unless the method is not {@link CalledMethod#enforced enforced}.
   */
  public Outcome crowdedOut() {
    return crowdedOut.get();
  }

  /** The call is over before its answer: it leaves its place. */
  public void leave() {
    verdict.cancel(false);
  }
}
