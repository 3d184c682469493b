package dev.rolecall.tokens.internal.keys;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.runtime.RetryAfter;
import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.tokens.internal.http.IssuerExchanges;
import dev.rolecall.tokens.internal.http.IssuerFailure;
import dev.rolecall.tokens.internal.http.IssuerFailures;
import dev.rolecall.tokens.internal.http.IssuerOutcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one issuer: a snapshot that a background fetch replaces as a whole. An answer that is
 * empty, unreadable or absent leaves the last good one in place, for the time that the settings
 * say.
 *
 * <p>Safe for use by many threads; never blocks. The lock guards the fields, and nothing else is
 * called with it held but the clock, the random generator and the timer.
 */
public final class IssuerKeys implements AutoCloseable {

  private static final String TASK = SupervisedTask.LOOK_UP.label();
  private static final CompletableFuture<Boolean> YES = CompletableFuture.completedFuture(true);
  private static final CompletableFuture<Boolean> NO = CompletableFuture.completedFuture(false);

  private final KeyFetch fetch;
  private final Duration keep;
  private final AccessRuntime runtime;
  private final KeyWatch watch;
  private final KeyAge age;
  private final FetchTimes times;

  private final Object lock = new Object();
  private final ForcedFetches forced = new ForcedFetches();
  private volatile @Nullable KeySnapshot snapshot;
  private final Schedule schedule = new Schedule();

  /** What is guarded by the lock, beside the forced fetches. */
  private static final class Schedule {
    private @Nullable CompletableFuture<Boolean> underWay;
    private @Nullable ScheduledFuture<?> next;
    private long nextAt;
    private int failures;
    private boolean closed;
  }

  /** Keys that have not been fetched; {@link #start} begins. */
  public IssuerKeys(
      IssuerAlias alias,
      String issuer,
      KeySource source,
      IssuerExchanges exchanges,
      IssuerFailures failures) {
    this.fetch = new KeyFetch(issuer, source, exchanges);
    this.keep = source.keep();
    this.runtime = exchanges.runtime();
    this.watch = new KeyWatch(alias, failures);
    this.times = new FetchTimes(runtime.random());
    this.age = KeyAge.of(alias, runtime, () -> snapshot);
    failures.declare(requireNonNull(alias, "alias"));
  }

  /** Begins to fetch, and goes on until it is closed. Does not wait. */
  public void start() {
    var unused = refresh();
  }

  /** The last good keys; empty if there are none, or they are older than they may get. */
  public Optional<KeySet> current() {
    KeySnapshot last = snapshot;
    return last != null && runtime.ticker().getAsLong() - last.fetchedAt() <= keep.toNanos()
        ? Optional.of(last.keys())
        : Optional.empty();
  }

  /**
   * Whether there are keys, once a fetch that is under way has ended. Where the last one has
   * failed, and the next is not due, the answer is no at once.
   */
  public CompletableFuture<Boolean> available() {
    if (current().isPresent()) {
      return YES;
    }
    CompletableFuture<Boolean> underWay;
    synchronized (lock) {
      underWay = schedule.underWay;
    }
    return underWay == null ? NO : underWay;
  }

  /**
   * Fetches the keys for a token whose key id they do not have: once in 10 seconds, once for all
   * who wait. The future completes on the executor of look-ups, or has completed already.
   *
   * @param kid the key id
   */
  public CompletableFuture<Refetch> seek(String kid) {
    boolean joins;
    synchronized (lock) {
      long now = runtime.ticker().getAsLong();
      joins = schedule.underWay != null;
      if (forced.isKnownMissing(kid, now)) {
        return CompletableFuture.completedFuture(Refetch.KNOWN_MISSING);
      }
      if (schedule.closed || (!joins && !forced.mayBegin(now))) {
        return CompletableFuture.completedFuture(
            schedule.closed || schedule.failures > 0 ? Refetch.OUTAGE : Refetch.TOO_SOON);
      }
      if (!forced.tryWait()) {
        return CompletableFuture.completedFuture(Refetch.TOO_SOON);
      }
      if (!joins) {
        forced.begin(now);
      }
    }
    return refresh().handle((fetched, defect) -> sought(kid, fetched, defect));
  }

  private Refetch sought(String kid, @Nullable Boolean fetched, @Nullable Throwable defect) {
    KeySnapshot last = defect == null && Boolean.TRUE.equals(fetched) ? snapshot : null;
    synchronized (lock) {
      forced.leave();
      if (last != null && last.keys().keys().stream().noneMatch(key -> isNamed(key.kid(), kid))) {
        forced.remember(kid);
      }
    }
    return last != null ? Refetch.FETCHED : Refetch.OUTAGE;
  }

  private static boolean isNamed(Optional<String> name, String kid) {
    return name.map(kid::equals).orElse(false);
  }

  /** How long to wait before another try, after an outage. Jittered. */
  public Duration retryAfter() {
    Duration left;
    synchronized (lock) {
      left = Duration.ofNanos(Math.max(0, schedule.nextAt - runtime.ticker().getAsLong()));
    }
    return new RetryAfter(runtime.random()).after(left, left);
  }

  /** How long to wait after {@link Refetch#TOO_SOON}. Jittered. */
  public Duration retryAfterPause() {
    return new RetryAfter(runtime.random()).after(ForcedFetches.PAUSE, Duration.ofSeconds(1));
  }

  /** The fetch that is under way, or one that begins now. */
  private CompletableFuture<Boolean> refresh() {
    CompletableFuture<Boolean> mine = new CompletableFuture<>();
    synchronized (lock) {
      if (schedule.underWay != null) {
        return schedule.underWay;
      }
      if (schedule.closed) {
        return NO;
      }
      cancelNext();
      schedule.underWay = mine;
    }
    try {
      var unused = fetch.begin().whenComplete((keys, defect) -> ended(mine, keys, defect));
    } catch (RuntimeException | Error e) {
      ended(mine, null, e);
    }
    return mine;
  }

  private void ended(
      CompletableFuture<Boolean> mine,
      @Nullable IssuerOutcome<FetchedKeys> keys,
      @Nullable Throwable defect) {
    if (isClosed()) {
      // The runtime's threads may have ended meanwhile: what failed for that is no defect.
      mine.complete(false);
      return;
    }
    try {
      if (keys == null) {
        failed(requireNonNull(defect, "defect"));
      } else {
        mine.complete(keys.fold(this::fetched, this::failed));
      }
    } catch (RuntimeException | Error e) {
      runtime.supervisor().caught(TASK, e);
    } finally {
      // Whatever throws there: calls wait for it.
      mine.complete(false);
    }
  }

  private boolean isClosed() {
    synchronized (lock) {
      return schedule.closed;
    }
  }

  private boolean fetched(FetchedKeys keys) {
    snapshot = new KeySnapshot(keys.keys(), runtime.ticker().getAsLong());
    watch.fetched(keys);
    scheduleNext(times.afterGood(keys.fresh()), 0);
    return true;
  }

  private boolean failed(IssuerFailure failure) {
    watch.failed(failure, current().isPresent());
    scheduleAfterFailure();
    return false;
  }

  private void failed(Throwable defect) {
    runtime.supervisor().caught(TASK, defect);
    scheduleAfterFailure();
  }

  private void scheduleAfterFailure() {
    int count;
    synchronized (lock) {
      count = schedule.failures + 1;
    }
    scheduleNext(times.afterFailures(count), count);
  }

  /** The fetch under way has ended; the next one comes after that time. */
  private void scheduleNext(Duration after, int failures) {
    synchronized (lock) {
      schedule.underWay = null;
      schedule.failures = failures;
      schedule.nextAt = runtime.ticker().getAsLong() + after.toNanos();
      cancelNext();
      if (!schedule.closed) {
        schedule.next = runtime.supervisor().after(after, runtime.timer(), TASK, this::start);
      }
    }
  }

  private void cancelNext() {
    if (schedule.next != null) {
      schedule.next.cancel(false);
      schedule.next = null;
    }
  }

  /** Fetches no more. Does not block. */
  @Override
  public void close() {
    synchronized (lock) {
      schedule.closed = true;
      cancelNext();
    }
    age.close();
  }
}
