package dev.rolecall.service.internal.feed;

import dev.rolecall.access.internal.metrics.Instruments;
import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.request.Enforcer;
import dev.rolecall.service.store.AccessStore;
import io.opentelemetry.api.metrics.ObservableDoubleGauge;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The enforcers of all nodes. What those of this node confirm is written to the store a moment
 * later, so that the other nodes know. Thread-safe; never blocks.
 */
final class EnforcerReports implements AutoCloseable {

  private static final Duration REPORT_AFTER = Duration.ofMillis(100);

  /** The store takes a row that is not renewed for 30 s for a server that went away. */
  private static final Duration REPORT_EVERY = Duration.ofSeconds(10);

  private static final String TASK = SupervisedTask.ACCESS_ENFORCERS.label();

  private final AccessStore store;
  private final AccessRuntime runtime;
  private final EnforcerTable table;
  private final AtomicBoolean reporting = new AtomicBoolean();
  private final Set<ConfirmationWait> waits = ConcurrentHashMap.newKeySet();
  private final ScheduledFuture<?> periodic;
  private final ObservableDoubleGauge followers;
  private volatile @Nullable Future<?> next;
  private volatile List<Enforcer> lastRead = List.of();

  EnforcerReports(AccessStore store, AccessRuntime runtime) {
    this.store = store;
    this.runtime = runtime;
    this.table = new EnforcerTable(runtime.random(), this::changed);
    this.followers =
        new Instruments(runtime.telemetry())
            .gauge(
                "rolecall.access.subscribers",
                "",
                "Servers that follow this node.",
                table::connected);
    this.periodic = runtime.supervisor().every(REPORT_EVERY, runtime.timer(), TASK, this::renew);
  }

  EnforcerTable table() {
    return table;
  }

  private void renew() {
    changed();
    var unused = reading();
  }

  private void changed() {
    if (reporting.compareAndSet(false, true)) {
      next = runtime.supervisor().after(REPORT_AFTER, runtime.timer(), TASK, this::report);
    }
  }

  private void report() {
    reporting.set(false);
    List<Enforcer> seen = table.all();
    if (!seen.isEmpty()) {
      store
          .see(seen)
          .thenAccept(
              outcome ->
                  outcome.fold(
                      done -> {
                        table.forgetGone(seen);
                        return true;
                      },
                      refused -> false,
                      away -> false));
    }
  }

  /** The enforcers of all nodes; while the store is away, those of other nodes as last read. */
  CompletionStage<List<Enforcer>> enforcers() {
    return reading().thenApply(Reading::enforcers);
  }

  /** The same, and whether the store has just been read. */
  CompletionStage<Reading> reading() {
    return store
        .enforcers()
        .thenApply(
            outcome ->
                outcome.<Reading>fold(
                    read -> {
                      lastRead = read;
                      return new Reading(withOwn(read), true);
                    },
                    refused -> new Reading(withOwn(lastRead), false),
                    away -> new Reading(withOwn(lastRead), false)));
  }

  private List<Enforcer> withOwn(List<Enforcer> known) {
    Map<String, Enforcer> all = new LinkedHashMap<>();
    known.forEach(each -> all.put(each.id(), each));
    table.all().forEach(own -> all.put(own.id(), own));
    return List.copyOf(all.values());
  }

  /** Those to show: of a server that went away one, and none if it follows again. */
  static List<Enforcer> shown(List<Enforcer> all) {
    Map<String, Enforcer> gone = new LinkedHashMap<>();
    all.stream()
        .filter(each -> !each.connected())
        .forEach(each -> gone.merge(name(each), each, EnforcerReports::newer));
    List<Enforcer> following = all.stream().filter(Enforcer::connected).toList();
    following.forEach(each -> gone.remove(name(each)));
    return Stream.concat(following.stream(), gone.values().stream())
        .sorted(Comparator.comparing(Enforcer::node).thenComparing(Enforcer::id))
        .toList();
  }

  private static Enforcer newer(Enforcer one, Enforcer other) {
    return one.confirmed().at().isAfter(other.confirmed().at()) ? one : other;
  }

  private static String name(Enforcer enforcer) {
    return enforcer.node() + "\n" + enforcer.caller().principal();
  }

  /**
   * The enforcers as known now.
   *
   * @param current false while the store is away: then there may be more
   */
  record Reading(List<Enforcer> enforcers, boolean current) {}

  /** The servers that have not confirmed the grant's change, once all have or the time is over. */
  CompletionStage<Confirmations> confirmations(AccessGrant grant, Duration wait) {
    if (wait.isZero()) {
      return enforcers().thenApply(all -> new Confirmations(names(followers(all, grant)), 0));
    }
    ConfirmationWait begun = new ConfirmationWait(this, runtime, grant, wait);
    waits.add(begun);
    return begun.begin().whenComplete((answer, thrown) -> waits.remove(begun));
  }

  /** The servers that follow the permission of that grant now. */
  static List<Enforcer> followers(List<Enforcer> all, AccessGrant grant) {
    return all.stream()
        .filter(each -> each.connected() && each.permissions().contains(grant.scope().permission()))
        .toList();
  }

  static List<String> names(List<Enforcer> enforcers) {
    return enforcers.stream().map(Enforcer::node).sorted().toList();
  }

  @Override
  public void close() {
    periodic.cancel(false);
    followers.close();
    waits.forEach(ConfirmationWait::stop);
    Future<?> timed = next;
    if (timed != null) {
      timed.cancel(false);
    }
  }
}
