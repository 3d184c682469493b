package dev.rolecall.access;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.Verification;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A call that has to wait until its caller is known. Safe for use by many threads; nothing in it
 * blocks.
 */
public final class Pending implements Outcome {

  private final AccessControl access;
  private final CallRequest call;
  private final Credential credential;
  private final CompletableFuture<Verification> verdict;

  Pending(
      AccessControl access,
      CallRequest call,
      Credential credential,
      CompletableFuture<Verification> verdict) {
    this.access = requireNonNull(access, "access");
    this.call = requireNonNull(call, "call");
    this.credential = requireNonNull(credential, "credential");
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
    return access.settle(call, credential, verdict);
  }

  /** The refusal of a call for which the door has no place or thread to wait or go on. */
  public Refusal crowdedOut() {
    return access.crowdedOut();
  }

  /** The call is over before its answer: it leaves its place. */
  public void leave() {
    verdict.cancel(false);
  }
}
