package dev.rolecall.decisions;

import dev.rolecall.access.audit.AuditRecord;
import dev.rolecall.decisions.v1.Outcome;
import dev.rolecall.decisions.v1.SeenCall;
import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * The different calls of the last hour. A call that was not seen in it loses its place, once there
 * is no place for another. Safe for use by many threads.
 */
final class SeenCalls {

  private static final long BETWEEN_SWEEPS = Duration.ofMinutes(1).toMillis();

  private record Key(
      Optional<Principal> principal,
      Attributes attributes,
      String method,
      String peer,
      Decided decided) {

    /**
     * A caller that the policy admits is known by name, though it may come from many addresses. One
     * that it does not is anyone.
     */
    boolean isMadeAtWill() {
      return decided.outcome() != Outcome.ALLOWED;
    }
  }

  /** Calls that are alike. */
  final class Seen {
    private final Key key;
    private final long number = numbers.incrementAndGet();
    private final HourCount count = new HourCount();
    private volatile long lastMillis;

    private Seen(Key key) {
      this.key = key;
    }

    private void add(long millis, long calls) {
      count.add(millis, calls);
      lastMillis = millis;
    }

    /** The place in the order in which calls were first seen. */
    long number() {
      return number;
    }

    private boolean isOver(long nowMillis) {
      return count.sum(nowMillis) == 0;
    }

    SeenCall message(long nowMillis) {
      return SeenCall.newBuilder()
          .setCaller(key.principal().map(Principal::text).orElse(""))
          .setRoleId(key.principal().map(Messages::roleId).orElse(""))
          .setAttributes(Messages.of(key.attributes()))
          .setMethod(key.method())
          .setPeer(key.peer())
          .setOutcome(key.decided().outcome())
          .setReason(key.decided().reasonName())
          .setPermission(key.decided().permissionName())
          .setCount(count.sum(nowMillis))
          .setLast(Messages.time(Instant.ofEpochMilli(lastMillis)))
          .build();
    }
  }

  private final AtomicLong numbers = new AtomicLong();
  private final BoundedTable<Key, Seen> table;
  private final LongAdder uncounted = new LongAdder();
  private final AtomicLong lastSweep = new AtomicLong();
  private final Consumer<Runnable> sweeps;

  /**
   * No calls yet.
   *
   * @param sweeps looks for calls that lost their place: never a thread that decides
   */
  SeenCalls(int most, Consumer<Runnable> sweeps) {
    this.table = new BoundedTable<>(most, Seen::new, Key::isMadeAtWill);
    this.sweeps = sweeps;
  }

  /** Counts so many calls like that of the record. */
  void add(AuditRecord seen, String method, Decided decided, long calls) {
    long millis = seen.time().toEpochMilli();
    Seen row =
        table.row(
            new Key(
                seen.caller().map(Caller::principal),
                seen.caller().map(Caller::attributes).orElse(Attributes.none()),
                method,
                PeerText.bounded(seen.peer()),
                decided));
    if (row != null) {
      row.add(millis, calls);
    } else {
      uncounted.add(calls);
      sweepSoon(millis);
    }
  }

  /** Once a minute at most: a peer can make many calls that find no place. */
  private void sweepSoon(long nowMillis) {
    long last = lastSweep.get();
    // A clock that was set back must not put the next one off.
    if (Math.abs(nowMillis - last) >= BETWEEN_SWEEPS && lastSweep.compareAndSet(last, nowMillis)) {
      sweeps.accept(() -> table.removeIf(row -> row.isOver(nowMillis)));
    }
  }

  /** Those that were first seen after that one and within the hour, the first seen first. */
  List<Seen> after(long number, long nowMillis) {
    return table.rows().stream()
        .filter(row -> row.number() > number && !row.isOver(nowMillis))
        .sorted(Comparator.comparingLong(Seen::number))
        .toList();
  }

  /** How many calls found no place. */
  long uncounted() {
    return uncounted.sum();
  }
}
