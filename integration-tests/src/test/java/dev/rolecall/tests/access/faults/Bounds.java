package dev.rolecall.tests.access.faults;

import dev.rolecall.tests.access.faults.Spans.Span;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The bounds of docs/access.md, at a machine that may be late.
 *
 * @param faults of the run
 * @param lateness of the machine
 */
record Bounds(List<Fault> faults, Lateness lateness) {

  /** The longest until a connected server has heard, for 99 of 100. */
  static final long CONNECTED = RunTime.millis(500);

  /** The longest until a server that is cut off admits nobody under grants. */
  static final long STRICT = RunTime.millis(5_000);

  /** The longest that a stream outlives its grant's end. */
  static final long TIMED = RunTime.millis(4_000);

  /** Nothing ends earlier than so much before its time: the service tells milliseconds. */
  static final long EARLY = RunTime.millis(10);

  /** News are as old as that at most where all is well; then what is known counts for the rest. */
  private static final long NEWS = RunTime.millis(2_000);

  /** Until all news come again: two pauses of 2 s, and the way. */
  static final long BACK = RunTime.millis(5_000);

  /** An outage of the database that no server may notice. */
  private static final long SHORT_OUTAGE = RunTime.millis(1_500);

  /** A machine that is so late proves nothing about news, nor about a bound of half a second. */
  private static final long TOO_LATE = RunTime.millis(500);

  private static final Set<Fault.Kind> OF_DATABASE =
      EnumSet.of(
          Fault.Kind.DATABASE_CRASHED, Fault.Kind.DATABASE_RESTARTED, Fault.Kind.DATABASE_CUT);

  /** What the machine may add to a bound: twice its lateness, and a little. */
  long slack(long from, long to) {
    return RunTime.millis(50) + 2 * lateness.most(from, to);
  }

  /** The time by which something must have been done that was due within that bound. */
  long by(long from, long bound) {
    return from >= RunTime.NEVER ? RunTime.NEVER : from + bound + slack(from, from + bound);
  }

  /** When nothing may be open at a server that loses its feed. */
  Spans closed() {
    return Spans.of(
        faults.stream()
            .filter(fault -> fault.kind() == Fault.Kind.FEEDS_AWAY)
            .map(fault -> new Span(by(fault.from(), STRICT), fault.undone()))
            .toList());
  }

  /** When a server may say that its news are old. */
  Spans stale(boolean losesFeed) {
    return Spans.of(
        faults.stream()
            .filter(
                fault ->
                    OF_DATABASE.contains(fault.kind())
                        ? fault.undone() - fault.from() > SHORT_OUTAGE
                        : losesFeed && fault.kind() == Fault.Kind.FEEDS_AWAY)
            .map(fault -> new Span(fault.from() + STRICT - NEWS, by(fault.undone(), BACK)))
            .toList());
  }

  /** Whether any fault was under way between those times, or just before. */
  boolean isDisturbed(long from, long to) {
    return faults.stream().anyMatch(fault -> fault.from() <= to && by(fault.to(), NEWS) >= from);
  }

  /** The time by which a server knows of a change, with its feed back if it was away. */
  long knownBy(long acknowledged, boolean losesFeed) {
    long known = by(acknowledged, STRICT);
    for (Fault fault : faults) {
      boolean away = losesFeed && fault.kind() == Fault.Kind.FEEDS_AWAY;
      if (away && fault.from() <= known && acknowledged <= fault.undone()) {
        known = Math.max(known, by(fault.undone(), BACK));
      }
    }
    return known;
  }

  /** Whether the machine was so busy at any time that half a second says nothing. */
  boolean isTooLate() {
    return lateness.most(0, RunTime.NEVER) > TOO_LATE;
  }

  /** Whether the machine was so busy before a moment that news may have come late. */
  boolean isInDoubt(long moment) {
    return lateness.most(moment - 2 * STRICT, moment) > TOO_LATE;
  }
}
