package dev.rolecall.access.lookup;

import dev.rolecall.access.scheme.Verification;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * One question under way, and those who wait for its answer. One that leaves is forgotten at once,
 * and the question goes on for the others: its answer is worth remembering in any case.
 */
final class LookUp {

  /** Keyed by a fresh object per waiter. */
  private final ConcurrentMap<Object, CompletableFuture<Verification>> waiting =
      new ConcurrentHashMap<>();

  private volatile @Nullable Verification verdict;

  /** A new future of the verdict: cancelling it is leaving. */
  CompletableFuture<Verification> join() {
    CompletableFuture<Verification> mine = new CompletableFuture<>();
    Object seat = new Object();
    waiting.put(seat, mine);
    var unused = mine.whenComplete((answer, left) -> waiting.remove(seat));
    Verification already = verdict;
    if (already != null) {
      // The verdict may have been handed round before this one was added.
      mine.complete(already);
    }
    return mine;
  }

  /** Whether no call waits for it. One may join at any time. */
  boolean isDeserted() {
    return waiting.isEmpty();
  }

  /** Hands the verdict to all who wait, on this thread. Called once. */
  void finish(Verification answer) {
    verdict = answer;
    waiting.values().forEach(one -> one.complete(answer));
  }
}
