package dev.rolecall.txntoken.internal.keys;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.runtime.RetryAfter;
import dev.rolecall.jwt.key.KeySet;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/**
 * Keys that a background fetch replaces as a whole. A failure leaves the last good ones in place.
 *
 * <p>Safe for use by many threads; never blocks. The lock guards the schedule, and nothing is
 * called with it held but the ticker, the random generator and the timer.
 */
public final class FetchedKeys implements KnownKeys {

  /** The time between two fetches, a tenth more or less so that a fleet does not ask together. */
  static final Duration PERIOD = Duration.ofMinutes(5);

  /** How long the last good keys are used when none can be fetched. */
  static final Duration KEEP = Duration.ofHours(24);

  private static final System.Logger LOG = System.getLogger("rolecall.txntoken");
  private static final String TASK = SupervisedTask.KEY_RING.label();
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final int DOUBLINGS = 6;
  private static final int TENTH = 10;

  private record Snapshot(KeySet keys, long fetchedAt) {}

  /** Guarded by the lock. */
  private static final class Schedule {
    private final UnknownIds unknown = new UnknownIds();
    private boolean underWay;
    private boolean again;
    private @Nullable ScheduledFuture<?> next;
    private int failures;
    private boolean closed;
  }

  private final KeyFetch fetch;
  private final AccessRuntime runtime;
  private final Object lock = new Object();
  private final Schedule schedule = new Schedule();
  private volatile @Nullable Snapshot snapshot;

  /** Keys that have not been fetched; {@link #start} begins. */
  public FetchedKeys(KeyFetch fetch, AccessRuntime runtime) {
    this.fetch = fetch;
    this.runtime = runtime;
  }

  /** Begins to fetch, and goes on until it is closed. */
  public void start() {
    Set<String> sought;
    synchronized (lock) {
      if (schedule.closed) {
        return;
      }
      if (schedule.underWay) {
        schedule.again = true;
        return;
      }
      schedule.underWay = true;
      schedule.again = false;
      cancelNext();
      sought = schedule.unknown.taken();
    }
    try {
      var unused = fetch.begin().whenComplete((answer, defect) -> ended(sought, answer, defect));
    } catch (RuntimeException | Error e) {
      ended(sought, null, e);
    }
  }

  private void ended(Set<String> sought, @Nullable KeyAnswer answer, @Nullable Throwable defect) {
    if (isClosed()) {
      // The threads of the runtime may have ended meanwhile: what failed for that is no defect.
      return;
    }
    if (defect != null) {
      runtime.supervisor().caught(TASK, defect);
    }
    KeyAnswer read = answer == null ? new KeyAnswer.Failed("a defect, which the log has") : answer;
    runtime.supervisor().run(TASK, () -> note(sought, read));
    boolean again;
    synchronized (lock) {
      schedule.underWay = false;
      again = schedule.again;
      if (read instanceof KeyAnswer.Failed) {
        schedule.failures++;
        schedule.unknown.putBack(sought);
      } else {
        schedule.failures = 0;
      }
      scheduleNext();
    }
    if (again) {
      start();
    }
  }

  private void note(Set<String> sought, KeyAnswer answer) {
    if (answer instanceof KeyAnswer.Good good) {
      took(sought, good.keys());
    } else if (answer instanceof KeyAnswer.Failed failed) {
      lost(failed.why());
    }
  }

  private void took(Set<String> sought, KeySet keys) {
    boolean first = snapshot == null;
    int failures;
    snapshot = new Snapshot(keys, runtime.ticker().getAsLong());
    synchronized (lock) {
      schedule.unknown.found(sought, keys);
      failures = schedule.failures;
    }
    if (first || failures > 0) {
      LOG.log(
          Level.INFO,
          "{0} keys of transaction tokens fetched from {1}",
          keys.keys().size(),
          fetch.host());
    }
  }

  private void lost(String why) {
    boolean first;
    synchronized (lock) {
      first = schedule.failures == 0;
    }
    if (first) {
      LOG.log(
          Level.WARNING,
          "keys of transaction tokens cannot be fetched from {0}, {1}: {2}",
          fetch.host(),
          current().isPresent()
              ? "the last good keys stay in force for 24 hours"
              : "no caller that is passed on can be verified",
          why);
    }
  }

  private boolean isClosed() {
    synchronized (lock) {
      return schedule.closed;
    }
  }

  /** Called with the lock held. */
  private void scheduleNext() {
    cancelNext();
    if (!schedule.closed) {
      schedule.next =
          runtime.supervisor().after(pause(schedule.failures), runtime.timer(), TASK, this::start);
    }
  }

  private Duration pause(int failures) {
    if (failures == 0) {
      long tenth = PERIOD.toNanos() / TENTH;
      return PERIOD.plusNanos(runtime.random().nextLong(2 * tenth + 1) - tenth);
    }
    Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS));
    Duration ceiling = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    return ceiling.minusNanos(runtime.random().nextLong(ceiling.toNanos() / 2 + 1));
  }

  /** Called with the lock held. */
  private void cancelNext() {
    if (schedule.next != null) {
      schedule.next.cancel(false);
      schedule.next = null;
    }
  }

  @Override
  public Optional<KeySet> current() {
    Snapshot last = snapshot;
    return last != null && runtime.ticker().getAsLong() - last.fetchedAt() <= KEEP.toNanos()
        ? Optional.of(last.keys())
        : Optional.empty();
  }

  @Override
  public boolean isMissing(String kid) {
    boolean missing;
    boolean begins;
    synchronized (lock) {
      missing = schedule.unknown.isMissing(kid);
      schedule.unknown.seek(kid);
      begins = schedule.unknown.tryBegin(runtime.ticker().getAsLong());
    }
    if (begins) {
      start();
    }
    return missing;
  }

  @Override
  public Duration retryAfter() {
    return new RetryAfter(runtime.random()).soon();
  }

  @Override
  public void close() {
    synchronized (lock) {
      schedule.closed = true;
      cancelNext();
    }
  }
}
