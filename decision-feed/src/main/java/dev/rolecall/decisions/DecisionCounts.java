package dev.rolecall.decisions;

import dev.rolecall.decisions.v1.DecisionCount;
import dev.rolecall.decisions.v1.Outcome;
import dev.rolecall.identity.RefusalReason;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** The counts of decisions, by method, outcome and reason. Safe for use by many threads. */
final class DecisionCounts {

  private record Key(String method, Outcome outcome, Optional<RefusalReason> reason) {}

  /** One count, which only grows. */
  static final class Count {
    private final Key key;
    private final LongAdder total = new LongAdder();

    private Count(Key key) {
      this.key = key;
    }

    long total() {
      return total.sum();
    }

    DecisionCount message(long total) {
      return DecisionCount.newBuilder()
          .setMethod(key.method())
          .setOutcome(key.outcome())
          .setReason(key.reason().map(RefusalReason::name).orElse(""))
          .setCount(total)
          .build();
    }
  }

  private final BoundedTable<Key, Count> table;
  private final LongAdder uncounted = new LongAdder();

  DecisionCounts(int most) {
    this.table = new BoundedTable<>(most, Count::new, key -> key.outcome() != Outcome.ALLOWED);
  }

  /** Counts so many decisions of that method. */
  void add(String method, Decided decided, long decisions) {
    Count count = table.row(new Key(method, decided.outcome(), decided.reason()));
    if (count == null) {
      uncounted.add(decisions);
    } else {
      count.total.add(decisions);
    }
  }

  /** Counts decisions of which only the number is known. */
  void addUncounted(long decisions) {
    uncounted.add(decisions);
  }

  Collection<Count> all() {
    return table.rows();
  }

  /** How many decisions are in no count. */
  long uncounted() {
    return uncounted.sum();
  }
}
