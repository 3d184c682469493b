package dev.rolecall.service;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.grants.v1.LockState;
import dev.rolecall.service.store.AccessStore;
import dev.rolecall.service.store.News;
import dev.rolecall.service.store.Outage;
import dev.rolecall.service.store.Outcome;
import dev.rolecall.service.store.Position;
import dev.rolecall.service.store.StoreSource;
import dev.rolecall.service.store.internal.sql.SqlStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A store that a test takes away, or whose history it lets be another one. */
final class FragileStore implements StoreSource {

  private static final Outcome<Object> AWAY =
      new Outcome.Unavailable<>(
          new Outage(Outage.Kind.UNREACHABLE, "the database cannot be reached"));

  private final StoreSource source;
  private volatile boolean away;
  private volatile String refusing = "";
  private volatile String broken = "";
  private volatile String history = "";
  private volatile @Nullable AccessStore opened;
  private volatile CompletableFuture<Object> lists = CompletableFuture.completedFuture("");

  private final AtomicInteger listsAskedFor = new AtomicInteger();

  FragileStore(StoreSource source) {
    this.source = source;
  }

  void takeAway() {
    away = true;
  }

  /** Lets the store have too much to do for the calls of that name. */
  void refuse(String method) {
    refusing = method;
  }

  /** Lets the calls of that name fail as a defect does. */
  void breakAt(String method) {
    broken = method;
  }

  void bringBack() {
    away = false;
    refusing = "";
    broken = "";
  }

  /** Lists of grants are read only once that is released. */
  CompletableFuture<Object> holdLists() {
    CompletableFuture<Object> held = new CompletableFuture<>();
    lists = held;
    return held;
  }

  /** How many lists of grants have been asked for. */
  int listsAskedFor() {
    return listsAskedFor.get();
  }

  /** As if it had been restored from a backup. */
  void beginAnotherHistory() {
    history = "-restored";
  }

  /** As if a backup from before that lock had been restored by the database's own means. */
  void loseWhatCameAfter(LockState lock) {
    ((SqlStore) requireNonNull(opened, "opened"))
        .database()
        .jdbi()
        .useTransaction(
            transaction -> {
              for (String lost :
                  List.of(
                      "delete from access_lock where revision >= ?",
                      "delete from outbox where revision >= ?",
                      "update feed_revision set n = ? - 1")) {
                transaction.execute(lost, lock.getRevision());
              }
            });
  }

  @Override
  public AccessStore open(AccessRuntime runtime) {
    AccessStore store = source.open(runtime);
    opened = store;
    return (AccessStore)
        Proxy.newProxyInstance(
            AccessStore.class.getClassLoader(),
            new Class<?>[] {AccessStore.class},
            (proxy, method, arguments) -> answer(store, method, arguments));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the proxy hands it on
  private Object answer(AccessStore store, Method method, Object[] arguments) throws Throwable {
    if (method.getReturnType() == CompletionStage.class
        && (away || method.getName().equals(refusing))) {
      return CompletableFuture.completedFuture(AWAY);
    }
    if (method.getName().equals(broken)) {
      return CompletableFuture.failedFuture(new IllegalStateException("a defect of the test"));
    }
    try {
      Object answer = method.invoke(store, arguments);
      if (method.getName().equals("grants")) {
        listsAskedFor.incrementAndGet();
        return lists.thenCompose(released -> (CompletionStage<?>) answer);
      }
      return answer instanceof CompletionStage<?> stage
          ? stage.thenApply(outcome -> ((Outcome<?>) outcome).map(this::inThisHistory))
          : answer;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private Object inThisHistory(Object value) {
    if (value instanceof Position position) {
      return new Position(position.epoch() + history, position.revision(), position.time());
    }
    return value instanceof News news
        ? new News(
            (Position) inThisHistory(news.position()),
            news.grants(),
            news.locks(),
            news.keys(),
            news.keysChanged(),
            news.more())
        : value;
  }
}
