package dev.rolecall.service.internal.feed;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.grants.v1.GrantState;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.grant.ResourceName;
import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.request.AccessLock;
import dev.rolecall.service.request.Enforcer;
import dev.rolecall.service.request.Subject;
import dev.rolecall.service.rules.AccessRules;
import dev.rolecall.service.store.AccessStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/**
 * The news of the store as one node of the service has read them: for its subscribers, and for the
 * calls that it answers. Safe for use by many threads; never blocks.
 */
public final class NodeNews implements GrantView, AutoCloseable {

  /** The longest that the store may not have been read while news are still told. */
  static final Duration FRESH = Duration.ofSeconds(3);

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** The most waits of each kind. One more is answered with what is known now. */
  private static final int MOST_WAITS = 100;

  private static final String TASK = SupervisedTask.ACCESS_NEWS.label();

  private final AccessRuntime runtime;
  private final StoreTime time;
  private final Supplier<AccessRules> rules;
  private final NewsReader reader;
  private final EnforcerReports reports;
  private final AtomicInteger waits = new AtomicInteger();
  private final AtomicInteger readers = new AtomicInteger();

  /**
   * Begins to read the store's news.
   *
   * @param rules the rules in force
   */
  public NodeNews(AccessStore store, Supplier<AccessRules> rules, AccessRuntime runtime) {
    this.runtime = requireNonNull(runtime, "runtime");
    this.rules = requireNonNull(rules, "rules");
    this.time = new StoreTime(runtime.ticker());
    this.reader = new NewsReader(store, time, runtime.supervisor());
    this.reports = new EnforcerReports(store, runtime);
  }

  /**
   * Waits until the store has been read for the first time.
   *
   * @return false if that takes longer
   */
  public boolean awaitFirst(Duration patience) {
    CountDownLatch first = new CountDownLatch(1);
    Runnable ended = reader.onRead(first::countDown);
    try {
      return reader.log().isPresent() || first.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      ended.run();
    }
  }

  Optional<NewsLog> log() {
    return reader.log();
  }

  long ticks() {
    return time.ticks();
  }

  EnforcerTable enforcerTable() {
    return reports.table();
  }

  /** Has the listener hear of each reading of the store. It must not block. */
  Runnable onRead(Runnable listener) {
    return reader.onRead(listener);
  }

  @Override
  public Optional<Instant> time() {
    return time.now();
  }

  @Override
  public boolean isFresh() {
    return reader.log().isPresent() && time.isYoungerThan(FRESH);
  }

  @Override
  public long revision() {
    return reader.log().map(NewsLog::revision).orElse(0L);
  }

  @Override
  public CompletionStage<Long> reached(long wanted) {
    if (revision() >= wanted) {
      return CompletableFuture.completedFuture(revision());
    }
    if (readers.incrementAndGet() > MOST_WAITS) {
      readers.decrementAndGet();
      return CompletableFuture.completedFuture(revision());
    }
    CompletableFuture<Long> answer = new CompletableFuture<>();
    Runnable ended = reader.onRead(() -> completeIfReached(answer, wanted));
    Future<?> timeout =
        runtime
            .supervisor()
            .after(PATIENCE, runtime.timer(), TASK, () -> answer.complete(revision()));
    completeIfReached(answer, wanted);
    if (!answer.isDone()) {
      reader.look();
    }
    return answer.whenComplete(
        (revision, thrown) -> {
          readers.decrementAndGet();
          ended.run();
          timeout.cancel(false);
        });
  }

  private void completeIfReached(CompletableFuture<Long> answer, long wanted) {
    long revision = revision();
    if (revision >= wanted) {
      answer.complete(revision);
    }
  }

  @Override
  public boolean isLocked(Caller caller) {
    return isAnyLock((match, lock) -> match.means(lock, caller));
  }

  @Override
  public boolean isLocked(Subject subject) {
    return isAnyLock((match, lock) -> match.means(lock, subject));
  }

  private boolean isAnyLock(BiPredicate<LockMatch, AccessLock> means) {
    Instant now = time.now().orElse(Instant.EPOCH);
    LockMatch match = new LockMatch(rules.get().people());
    return reader.log().stream()
        .flatMap(log -> log.locks().stream())
        .anyMatch(lock -> lock.holdsAt(now) && means.test(match, lock));
  }

  @Override
  public Validation validate(Question question) {
    NewsLog log = reader.log().orElse(null);
    long revision = log == null ? 0 : log.revision();
    if (isLocked(question.caller())) {
      return new Validation.NotHeld(RefusalReason.CALLER_LOCKED, revision);
    }
    List<GrantState> covering =
        log == null
            ? List.of()
            : HolderKey.of(question.caller(), question.permission().value()).stream()
                .flatMap(key -> log.grantsOf(key).stream())
                .filter(grant -> covers(grant, question.resource()))
                .toList();
    return judged(covering, time.now().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE), revision);
  }

  private static Validation judged(List<GrantState> covering, long now, long revision) {
    List<GrantState> held = covering.stream().filter(grant -> holds(grant, now)).toList();
    if (!held.isEmpty()) {
      long until = held.stream().mapToLong(GrantState::getEndsAtMs).max().orElse(now);
      return new Validation.Held(
          Instant.ofEpochMilli(until), held.stream().map(GrantState::getId).toList(), revision);
    }
    RefusalReason reason =
        covering.stream().anyMatch(GrantState::getRevoked)
            ? RefusalReason.GRANT_REVOKED
            : covering.stream().anyMatch(grant -> grant.getEndsAtMs() <= now)
                ? RefusalReason.GRANT_EXPIRED
                : RefusalReason.GRANT_REQUIRED;
    return new Validation.NotHeld(reason, revision);
  }

  private static boolean holds(GrantState grant, long now) {
    return !grant.getRevoked() && grant.getStartsAtMs() <= now && now < grant.getEndsAtMs();
  }

  private static boolean covers(GrantState grant, Optional<ResourceName> resource) {
    return grant.getResourcesCount() == 0
        || resource.filter(name -> grant.getResourcesList().contains(name.value())).isPresent();
  }

  @Override
  public CompletionStage<Confirmations> confirmations(AccessGrant grant, Duration wait) {
    if (waits.incrementAndGet() > MOST_WAITS) {
      waits.decrementAndGet();
      return reports.confirmations(grant, Duration.ZERO);
    }
    return reports
        .confirmations(grant, wait)
        .whenComplete((known, thrown) -> waits.decrementAndGet());
  }

  @Override
  public CompletionStage<List<Enforcer>> enforcers() {
    return reports.enforcers().thenApply(EnforcerReports::shown);
  }

  /** Stops reading. */
  @Override
  public void close() {
    reader.close();
    reports.close();
  }
}
