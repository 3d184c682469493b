package dev.rolecall.service.internal.feed;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.request.Enforcer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A wait until all enforcers have confirmed a change, or its time is over. It looks again and
 * again, since enforcers of other nodes confirm there.
 */
final class ConfirmationWait {

  private static final Duration LOOK_EVERY = Duration.ofMillis(50);
  private static final String TASK = SupervisedTask.ACCESS_ENFORCERS.label();

  private final EnforcerReports reports;
  private final AccessRuntime runtime;
  private final AccessGrant grant;
  private final long deadline;
  private final CompletableFuture<Confirmations> answer = new CompletableFuture<>();
  private volatile @Nullable Future<?> next;
  private volatile List<Enforcer> missing = List.of();

  ConfirmationWait(
      EnforcerReports reports, AccessRuntime runtime, AccessGrant grant, Duration wait) {
    this.reports = reports;
    this.runtime = runtime;
    this.grant = grant;
    this.deadline = runtime.ticker().getAsLong() + wait.toNanos();
  }

  /** Begins to look; the answer comes later. */
  CompletionStage<Confirmations> begin() {
    look();
    return answer;
  }

  private void look() {
    reports
        .reading()
        .whenComplete(
            (reading, thrown) -> {
              if (thrown == null) {
                looked(reading);
              } else {
                answer.completeExceptionally(thrown);
              }
            });
  }

  /** Only a current reading says that there are no others. */
  private void looked(EnforcerReports.Reading reading) {
    List<Enforcer> late =
        EnforcerReports.followers(reading.enforcers(), grant).stream()
            .filter(each -> each.confirmed().revision() < grant.revision())
            .toList();
    missing = late;
    if ((late.isEmpty() && reading.current()) || runtime.ticker().getAsLong() - deadline >= 0) {
      complete();
    } else {
      next = runtime.supervisor().after(LOOK_EVERY, runtime.timer(), TASK, this::look);
    }
  }

  private void complete() {
    answer.complete(
        new Confirmations(
            EnforcerReports.names(missing), reports.table().streamsEnded(grant.revision())));
  }

  /** Ends the wait now, with the answer so far. */
  void stop() {
    Future<?> timed = next;
    if (timed != null) {
      timed.cancel(false);
    }
    complete();
  }
}
