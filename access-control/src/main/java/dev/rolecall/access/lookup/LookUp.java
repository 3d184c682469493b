package dev.rolecall.access.lookup;

import dev.rolecall.access.scheme.Verification;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One question under way, and those who wait for its answer. One that leaves is forgotten at once,
 * and the question goes on for the others: its answer is worth remembering in any case.
 */
final class LookUp {

  /** One who waits. Compared by identity: no record. */
  private static final class Waiter {

    private final CompletableFuture<Verification> verdict = new CompletableFuture<>();
    private final UnaryOperator<Verification> seen;

    Waiter(UnaryOperator<Verification> seen) {
      this.seen = seen;
    }

    void tell(Verification answer) {
      verdict.complete(seen.apply(answer));
    }
  }

  private final Set<Waiter> waiting = ConcurrentHashMap.newKeySet();

  private volatile @Nullable Verification verdict;

  /**
   * A new future of the verdict: cancelling it is leaving.
   *
   * @param seen the verdict as the connection of the call has it
   */
  CompletableFuture<Verification> join(UnaryOperator<Verification> seen) {
    Waiter mine = new Waiter(seen);
    waiting.add(mine);
    var unused = mine.verdict.whenComplete((answer, left) -> waiting.remove(mine));
    Verification already = verdict;
    if (already != null) {
      // The verdict may have been handed round before this one was added.
      mine.tell(already);
    }
    return mine.verdict;
  }

  /** Whether no call waits for it. One may join at any time. */
  boolean isDeserted() {
    return waiting.isEmpty();
  }

  /** Hands the verdict to all who wait, on this thread. Called once. */
  void finish(Verification answer) {
    verdict = answer;
    waiting.forEach(one -> one.tell(answer));
  }
}
