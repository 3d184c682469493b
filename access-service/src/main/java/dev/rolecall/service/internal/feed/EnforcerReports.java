package dev.rolecall.service.internal.feed;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.request.Enforcer;
import dev.rolecall.service.store.AccessStore;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The enforcers of all nodes. What those of this node confirm is written to the store a moment
 * later, so that the other nodes know. Thread-safe; never blocks.
 */
final class EnforcerReports implements AutoCloseable {

  private static final Duration REPORT_AFTER = Duration.ofMillis(100);
  private static final Duration REPORT_EVERY = Duration.ofMinutes(10);
  private static final String TASK = "enforcer_report";

  private final AccessStore store;
  private final AccessRuntime runtime;
  private final EnforcerTable table = new EnforcerTable(this::changed);
  private final AtomicBoolean reporting = new AtomicBoolean();
  private final Set<ConfirmationWait> waits = ConcurrentHashMap.newKeySet();
  private final ScheduledFuture<?> periodic;
  private volatile @Nullable Future<?> next;

  EnforcerReports(AccessStore store, AccessRuntime runtime) {
    this.store = store;
    this.runtime = runtime;
    this.periodic = runtime.supervisor().every(REPORT_EVERY, runtime.timer(), TASK, this::changed);
  }

  EnforcerTable table() {
    return table;
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

  /** The enforcers of all nodes; those of this node alone while the store is away. */
  CompletionStage<List<Enforcer>> enforcers() {
    return store
        .enforcers()
        .thenApply(
            outcome ->
                outcome.<List<Enforcer>>fold(
                    this::withOwn, refused -> table.all(), away -> table.all()));
  }

  private List<Enforcer> withOwn(List<Enforcer> known) {
    Map<String, Enforcer> all = new LinkedHashMap<>();
    known.forEach(each -> all.put(key(each), each));
    table.all().stream()
        .filter(own -> own.connected() || !all.containsKey(key(own)))
        .forEach(own -> all.put(key(own), own));
    return List.copyOf(all.values());
  }

  private static String key(Enforcer enforcer) {
    return enforcer.node() + "\n" + enforcer.caller().principal();
  }

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
    waits.forEach(ConfirmationWait::stop);
    Future<?> timed = next;
    if (timed != null) {
      timed.cancel(false);
    }
  }
}
