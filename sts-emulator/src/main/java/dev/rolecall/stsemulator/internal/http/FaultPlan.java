package dev.rolecall.stsemulator.internal.http;

import dev.rolecall.stsemulator.internal.InvalidValue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The faults of the requests to come, in order. Safe for use by many threads. */
public final class FaultPlan {

  private record Turn(long requests, AnswerFault fault) {}

  private final Deque<Turn> turns = new ArrayDeque<>();
  private @Nullable AnswerFault standing;

  /** Gives every request that fault, after those for which one was planned. */
  public synchronized void always(AnswerFault fault) {
    standing = fault;
  }

  /**
   * Gives the next requests that fault, after those for which one was planned before.
   *
   * @throws IllegalArgumentException if the number is below 1
   */
  public synchronized void next(int requests, AnswerFault fault) {
    if (requests < 1) {
      throw InvalidValue.of("requests", requests, "at least 1");
    }
    turns.addLast(new Turn(requests, fault));
  }

  /** Drops all faults. */
  public synchronized void clear() {
    turns.clear();
    standing = null;
  }

  /** The fault of the request that just came. */
  synchronized Optional<AnswerFault> take() {
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
