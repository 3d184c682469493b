package dev.rolecall.stsemulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which request meets which fault. Safe for use by many threads. */
final class FaultPlan {

  private record Turn(long requests, Fault fault) {}

  private final Deque<Turn> turns = new ArrayDeque<>();
  private @Nullable Fault standing;

  /** From now on every request meets it, once those with a fault of their own are through. */
  synchronized void always(Fault fault) {
    standing = fault;
  }

  /** The next requests meet it, after those that have a fault already. */
  synchronized void next(long requests, Fault fault) {
    turns.addLast(new Turn(requests, fault));
  }

  synchronized void clear() {
    turns.clear();
    standing = null;
  }

  /** The fault of the request that just came. */
  synchronized Optional<Fault> take() {
    Turn turn = turns.pollFirst();
    if (turn == null) {
      return Optional.ofNullable(standing);
    }
    if (turn.requests() > 1) {
      turns.addFirst(new Turn(turn.requests() - 1, turn.fault()));
    }
    return Optional.of(turn.fault());
  }
}
