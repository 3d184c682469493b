package dev.rolecall.access.internal.records;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.audit.LeftOut;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The bound on what peers make this server write: which events are written whole, and which are
 * left out and counted.
 *
 * <p>In each window the first events of a kind are whole. The rest are counted, and the last of
 * them is written when the window ends, with the count. A group bounds its kinds and a total bounds
 * all groups, so that many roles of one account cannot fill the log, nor keep the events of another
 * account out of it. Only kinds and groups with a whole event are kept apart, which bounds the
 * memory.
 *
 * <p>Never for a decision. Safe for use by many threads.
 *
 * @param <E> an event
 */
public final class RecordBudget<E> {

  /**
   * The most that is written whole in one window.
   *
   * @param perKind events of one kind
   * @param perGroup events of one group
   * @param total events
   * @param window how long a window is; it ends at the first {@link #endWindow} after that
   */
  public record Limits(int perKind, int perGroup, int total, Duration window) {}

  /**
   * The kind that an event counts as.
   *
   * @param group the account of a role, or the address of a stranger
   * @param who the role, or the stranger's address again
   * @param method the method's label, never a name that a peer made up
   * @param why the reason, or a shadow policy's answer
   */
  public record Kind(String group, Object who, String method, Enum<?> why) {
    /** Checks that nothing is absent. */
    public Kind {
      requireNonNull(group, "group");
      requireNonNull(who, "who");
      requireNonNull(method, "method");
      requireNonNull(why, "why");
    }
  }

  /**
   * The end of a window for one kind, one group, or all.
   *
   * @param last the last event that was left out
   * @param leftOut the others
   */
  public record Summary<E>(E last, LeftOut leftOut) {}

  private static final class Tally<E> {
    int whole;
    long leftOut;
    Optional<Instant> since = Optional.empty();
    @Nullable E last;

    void leaveOut(E event, Clock clock) {
      if (leftOut++ == 0) {
        since = Optional.of(clock.instant());
      }
      last = event;
    }

    void addTo(List<Summary<E>> summaries, LeftOut.Of of) {
      if (last != null) {
        summaries.add(new Summary<>(last, new LeftOut(leftOut - 1, of, since)));
      }
    }
  }

  private final Clock clock;
  private final Limits limits;
  private final long windowMillis;
  private final Consumer<Summary<E>> writer;

  private final Map<Kind, Tally<E>> kinds = new HashMap<>();
  private final Map<String, Tally<E>> groups = new HashMap<>();
  private Tally<E> all = new Tally<>();
  private long windowStart;

  /**
   * A budget whose first window begins now.
   *
   * @param writer takes the summaries, on the thread that ends a window; must not throw
   */
  public RecordBudget(Clock clock, Limits limits, Consumer<Summary<E>> writer) {
    this.clock = clock;
    this.limits = limits;
    this.windowMillis = limits.window().toMillis();
    this.writer = writer;
    this.windowStart = clock.millis();
  }

  /** Whether the event is to be written whole; if not, it is counted. */
  public boolean take(Kind kind, E event) {
    List<Summary<E>> overdue;
    boolean whole;
    synchronized (this) {
      // A second window without an end: the scheduler is late or gone, and the events go on.
      overdue = summaries(2 * windowMillis);
      whole = count(kind, event);
    }
    overdue.forEach(writer);
    return whole;
  }

  /** With the lock held. */
  private boolean count(Kind kind, E event) {
    Tally<E> ofKind = kinds.get(kind);
    Tally<E> ofGroup = groups.get(kind.group());
    if (all.whole < limits.total()
        && (ofGroup == null || ofGroup.whole < limits.perGroup())
        && (ofKind == null || ofKind.whole < limits.perKind())) {
      all.whole++;
      groups.computeIfAbsent(kind.group(), missing -> new Tally<>()).whole++;
      kinds.computeIfAbsent(kind, missing -> new Tally<>()).whole++;
      return true;
    }
    Tally<E> counting = ofKind != null ? ofKind : ofGroup != null ? ofGroup : all;
    counting.leaveOut(event, clock);
    return false;
  }

  /** Ends the window and writes its summaries, if it has lasted its time. */
  public void endWindow() {
    endWindow(windowMillis);
  }

  /** Ends the window now, however short it was: nothing counted is lost. */
  public void close() {
    endWindow(0);
  }

  private void endWindow(long leastMillis) {
    summaries(leastMillis).forEach(writer);
  }

  private synchronized List<Summary<E>> summaries(long leastMillis) {
    long now = clock.millis();
    // A clock that was set back ends a window too: it must not close the log for hours.
    if (now >= windowStart && now - windowStart < leastMillis) {
      return List.of();
    }
    List<Summary<E>> summaries = new ArrayList<>();
    kinds.values().forEach(tally -> tally.addTo(summaries, LeftOut.Of.KIND));
    groups.values().forEach(tally -> tally.addTo(summaries, LeftOut.Of.GROUP));
    all.addTo(summaries, LeftOut.Of.ALL);
    kinds.clear();
    groups.clear();
    all = new Tally<>();
    windowStart = now;
    return summaries;
  }

  /** How many kinds and groups are kept apart. */
  synchronized int remembered() {
    return kinds.size() + groups.size();
  }
}
