package dev.rolecall.tests.soak;

import dev.rolecall.verifier.audit.AuditOutcome;
import dev.rolecall.verifier.audit.AuditRecord;
import dev.rolecall.verifier.audit.LeftOut;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/** What happened: every call begun, its one end, what servers handled and what they recorded. */
final class Ledger {

  /** Decisions that have no record of their own, and are counted with others than their like. */
  static final String OF_SEVERAL_KINDS = "left out, of several kinds";

  private static final int MOST_COMPLAINTS = 20;

  private final AtomicLong begun = new AtomicLong();
  private final ConcurrentMap<Long, Errand> underWay = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, LongAdder> endings = new ConcurrentHashMap<>();
  private final Map<Verdict, LongAdder> verdicts = new EnumMap<>(Verdict.class);
  private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
  private final ConcurrentMap<String, LongAdder> audited = new ConcurrentHashMap<>();
  private final LongAdder handled = new LongAdder();
  private final ConcurrentMap<Long, String> atWork = new ConcurrentHashMap<>();

  Ledger() {
    for (Verdict verdict : Verdict.values()) {
      verdicts.put(verdict, new LongAdder());
    }
  }

  /** The number of the next call. */
  long next() {
    return begun.incrementAndGet();
  }

  void begins(Errand errand) {
    underWay.put(errand.id(), errand);
  }

  /** Once for each call; a second end is a complaint. */
  void ended(Errand errand, Ending end, Verdict verdict) {
    if (underWay.remove(errand.id()) == null) {
      complain(Verdict.LOST, errand + " ended twice");
    }
    count(endings, end.kind());
    if (verdict == Verdict.FINE) {
      count(verdict);
    } else {
      complain(verdict, errand + ": " + end);
    }
  }

  /**
   * A handler was started.
   *
   * @param judge what that says, if the call is still under way: one that its client gave up may
   *     come to its handler all the same
   */
  void handlerStarts(long id, String caller, Function<Errand, Verdict> judge) {
    handled.increment();
    Errand errand = underWay.get(id);
    if (atWork.put(id, errand + ", known as " + caller) != null) {
      complain(Verdict.SURPRISING, "two handlers of call " + id);
    }
    Verdict verdict = errand == null ? Verdict.FINE : judge.apply(errand);
    if (verdict != Verdict.FINE) {
      complain(verdict, "a handler was started for " + errand + ", known as " + caller);
    }
  }

  /** It had its last event. */
  void handlerEnds(long id) {
    if (atWork.remove(id) == null) {
      complain(Verdict.SURPRISING, "two last events for the handler of call " + id);
    }
  }

  void audited(AuditRecord audit) {
    String kind =
        audit
            .outcome()
            .fold(
                allowed -> AuditOutcome.Allowed.class.getSimpleName(),
                refused -> refused.reason().name(),
                ended -> "ended, " + ended.reason().name(),
                differs -> "shadow " + differs.shadow().label());
    count(audited, kind);
    LeftOut leftOut = audit.leftOut();
    String leftOutKind = leftOut.of() == LeftOut.Of.KIND ? kind : OF_SEVERAL_KINDS;
    counter(audited, leftOutKind).add(leftOut.count());
  }

  private void complain(Verdict verdict, String complaint) {
    count(verdict);
    if (complaints.size() < MOST_COMPLAINTS) {
      complaints.add(verdict + ": " + complaint);
    }
  }

  private void count(Verdict verdict) {
    LongAdder adder = verdicts.get(verdict);
    if (adder != null) {
      adder.increment();
    }
  }

  private static void count(ConcurrentMap<String, LongAdder> counts, String kind) {
    counter(counts, kind).increment();
  }

  private static LongAdder counter(ConcurrentMap<String, LongAdder> counts, String kind) {
    return counts.computeIfAbsent(kind, missing -> new LongAdder());
  }

  /** The calls that have not ended. */
  List<Errand> underWay() {
    return List.copyOf(underWay.values());
  }

  /** How many calls were begun. */
  long begun() {
    return begun.get();
  }

  long count(Verdict... of) {
    long sum = 0;
    for (Verdict verdict : of) {
      LongAdder adder = verdicts.get(verdict);
      sum += adder == null ? 0 : adder.sum();
    }
    return sum;
  }

  long ends(String kind) {
    LongAdder adder = endings.get(kind);
    return adder == null ? 0 : adder.sum();
  }

  /** The decisions of that kind that were recorded, or counted in a record of their like. */
  long audited(String kind) {
    LongAdder adder = audited.get(kind);
    return adder == null ? 0 : adder.sum();
  }

  long handled() {
    return handled.sum();
  }

  /** The calls whose handlers have not had their last event. */
  Map<Long, String> handlersAtWork() {
    return Map.copyOf(atWork);
  }

  /** How calls ended, and how often so. */
  Map<String, Long> endings() {
    Map<String, Long> sorted = new TreeMap<>();
    endings.forEach((kind, count) -> sorted.put(kind, count.sum()));
    return sorted;
  }

  /** The first things that went wrong. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }
}
