package dev.rolecall.tests.soak;

import dev.rolecall.access.audit.AuditOutcome;
import dev.rolecall.access.audit.AuditRecord;
import dev.rolecall.access.audit.LeftOut;
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

/**
 * A record of every call begun, its one end, the handlers started and the audit records written.
 */
final class CallLedger {

  /** Decisions that have no record of their own, and are counted with others than their like. */
  static final String OF_SEVERAL_KINDS = "left out, of several kinds";

  private static final int MOST_COMPLAINTS = 20;

  private final AtomicLong begun = new AtomicLong();
  private final ConcurrentMap<Long, PlannedCall> underWay = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, LongAdder> endings = new ConcurrentHashMap<>();
  private final Map<CallVerdict, LongAdder> verdicts = new EnumMap<>(CallVerdict.class);
  private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
  private final ConcurrentMap<String, LongAdder> audited = new ConcurrentHashMap<>();
  private final LongAdder handled = new LongAdder();
  private final ConcurrentMap<Long, String> atWork = new ConcurrentHashMap<>();

  CallLedger() {
    for (CallVerdict verdict : CallVerdict.values()) {
      verdicts.put(verdict, new LongAdder());
    }
  }

  /** The number of the next call. */
  long next() {
    return begun.incrementAndGet();
  }

  void begins(PlannedCall planned) {
    underWay.put(planned.id(), planned);
  }

  /** Once for each call; a second end is a complaint. */
  void ended(PlannedCall planned, CallEnd end, CallVerdict verdict) {
    if (underWay.remove(planned.id()) == null) {
      complain(CallVerdict.LOST, planned + " ended twice");
    }
    count(endings, end.kind());
    if (verdict == CallVerdict.FINE) {
      count(verdict);
    } else {
      complain(verdict, planned + ": " + end);
    }
  }

  /**
   * A handler was started.
   *
   * @param judge what that says, if the call is still under way: one that its client gave up may
   *     come to its handler all the same
   */
  void handlerStarts(long id, String caller, Function<PlannedCall, CallVerdict> judge) {
    handled.increment();
    PlannedCall planned = underWay.get(id);
    if (atWork.put(id, planned + ", known as " + caller) != null) {
      complain(CallVerdict.SURPRISING, "two handlers of call " + id);
    }
    CallVerdict verdict = planned == null ? CallVerdict.FINE : judge.apply(planned);
    if (verdict != CallVerdict.FINE) {
      complain(verdict, "a handler was started for " + planned + ", known as " + caller);
    }
  }

  /** It had its last event. */
  void handlerEnds(long id) {
    if (atWork.remove(id) == null) {
      complain(CallVerdict.SURPRISING, "two last events for the handler of call " + id);
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
                instead -> "admitted instead, " + instead.reason().name(),
                differs -> "shadow " + differs.shadow().label());
    count(audited, kind);
    LeftOut leftOut = audit.leftOut();
    String leftOutKind = leftOut.of() == LeftOut.Of.KIND ? kind : OF_SEVERAL_KINDS;
    counter(audited, leftOutKind).add(leftOut.count());
  }

  private void complain(CallVerdict verdict, String complaint) {
    count(verdict);
    if (complaints.size() < MOST_COMPLAINTS) {
      complaints.add(verdict + ": " + complaint);
    }
  }

  private void count(CallVerdict verdict) {
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
  List<PlannedCall> underWay() {
    return List.copyOf(underWay.values());
  }

  /** How many calls were begun. */
  long begun() {
    return begun.get();
  }

  long count(CallVerdict... of) {
    long sum = 0;
    for (CallVerdict verdict : of) {
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
