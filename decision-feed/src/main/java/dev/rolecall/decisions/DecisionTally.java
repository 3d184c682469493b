package dev.rolecall.decisions;

import dev.rolecall.access.audit.AuditRecord;
import dev.rolecall.access.audit.LeftOut;
import java.util.function.Consumer;

/**
 * All that a feed keeps of a server's decisions.
 *
 * <p>Safe for use by many threads. It takes records on the threads that decide calls: an admitted
 * call costs two look-ups in tables and two additions, and no lock.
 *
 * @param counts the counts since the feed began
 * @param records the last decisions that admitted no call
 * @param calls the different calls of the last hour
 */
record DecisionTally(DecisionCounts counts, RecentRecords records, SeenCalls calls) {

  static DecisionTally within(FeedBounds bounds, Consumer<Runnable> sweeps) {
    return new DecisionTally(
        new DecisionCounts(bounds.counts()),
        new RecentRecords(bounds.records()),
        new SeenCalls(bounds.calls(), sweeps));
  }

  void take(AuditRecord made) {
    String method = PeerText.bounded(made.method());
    Decided decided = Decided.of(made.outcome());
    long alike = 1;
    LeftOut leftOut = made.leftOut();
    if (leftOut.of() == LeftOut.Of.KIND) {
      alike += leftOut.count();
    } else {
      counts.addUncounted(leftOut.count());
    }
    counts.add(method, decided, alike);
    if (Decided.beginsCall(made.outcome())) {
      calls.add(made, method, decided, alike);
    }
    if (!Decided.isAdmission(decided.outcome())) {
      records.add(made);
    }
  }
}
