package dev.rolecall.access.scheme;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * An endpoint that can say who presented a credential. Two objects that stand for one endpoint are
 * equal. As many are remembered as there are, so a peer must not be able to make one up.
 */
public interface Issuer {

  /** Whether it is known not to answer. Does not block. */
  boolean isAway();

  /**
   * Whether it answers a question of the verifier's own, which is asked now if it was not lately.
   * Completes on an executor of the runtime, or at once; exceptionally for a defect alone.
   */
  CompletableFuture<Boolean> answersQuestion();

  /**
   * How long to wait before another try, after no answer. Jittered: not the same for two callers.
   */
  Duration retryAfter();
}
