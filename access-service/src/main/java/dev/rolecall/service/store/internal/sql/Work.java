package dev.rolecall.service.store.internal.sql;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.DaemonThreads;
import dev.rolecall.service.store.Outage;
import dev.rolecall.service.store.Outcome;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jdbi.v3.core.HandleCallback;

/**
 * The threads of a store. Work that does not fit into the queue, or has waited in it too long, is
 * refused as an overload: callers would have given up. Three kinds of work have threads apart, so
 * that callers who ask for much hold up none of them: news, what ends access, and the upkeep of the
 * node.
 */
final class Work implements AutoCloseable {

  /** The connections that the threads apart need, beside those for common work. */
  static final int APART = 4;

  private static final int ENDING_THREADS = 2;
  private static final int MOST_WAITING = 1000;
  private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long CLOSE_SECONDS = 5;
  private static final Outage OVERLOADED =
      new Outage(
          Outage.Kind.OVERLOADED, "the store has too much to do (next step: try again later)");
  private static final Outage CLOSED = new Outage(Outage.Kind.CLOSED, "the store has been closed");

  private final Transactions transactions;
  private final LongSupplier ticker;
  private final StoreMetrics metrics;
  private final ThreadPoolExecutor common;
  private final ThreadPoolExecutor news;
  private final ThreadPoolExecutor ending;
  private final ThreadPoolExecutor upkeep;

  Work(Transactions transactions, int threads, LongSupplier ticker, StoreMetrics metrics) {
    this.transactions = requireNonNull(transactions, "transactions");
    this.ticker = ticker;
    this.metrics = metrics;
    this.common = lane("rolecall-store-", threads);
    this.news = lane("rolecall-store-feed-", 1);
    this.ending = lane("rolecall-store-end-", ENDING_THREADS);
    this.upkeep = lane("rolecall-store-upkeep-", 1);
  }

  private static ThreadPoolExecutor lane(String name, int threads) {
    ThreadPoolExecutor lane =
        new ThreadPoolExecutor(
            threads,
            threads,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            new DaemonThreads(name));
    lane.allowCoreThreadTimeOut(true);
    return lane;
  }

  /** One transaction that changes something. */
  <T> CompletionStage<Outcome<T>> change(
      String name, HandleCallback<T, RuntimeException> transition) {
    return submit(common, name, () -> transactions.change(transition));
  }

  /** One transaction that reads one state. */
  <T> CompletionStage<Outcome<T>> read(String name, HandleCallback<T, RuntimeException> query) {
    return submit(common, name, () -> transactions.read(query));
  }

  /** One transaction that ends access, or begins or lifts a lock. */
  <T> CompletionStage<Outcome<T>> end(String name, HandleCallback<T, RuntimeException> transition) {
    return submit(ending, name, () -> transactions.change(transition));
  }

  /** A read of one row, as comes before the end of access. */
  <T> CompletionStage<Outcome<T>> readRow(String name, HandleCallback<T, RuntimeException> query) {
    return submit(ending, name, () -> transactions.read(query));
  }

  /** One transaction of the node's own. */
  <T> CompletionStage<Outcome<T>> keepUp(
      String name, HandleCallback<T, RuntimeException> transition) {
    return submit(upkeep, name, () -> transactions.change(transition));
  }

  /** One reading of the node's own. */
  <T> CompletionStage<Outcome<T>> readOwn(String name, HandleCallback<T, RuntimeException> query) {
    return submit(upkeep, name, () -> transactions.read(query));
  }

  /** The same, which no other work holds up. */
  <T> CompletionStage<Outcome<T>> readNews(String name, HandleCallback<T, RuntimeException> query) {
    return submit(news, name, () -> transactions.read(query));
  }

  private <T> CompletionStage<Outcome<T>> submit(
      ThreadPoolExecutor lane, String name, Supplier<Outcome<T>> job) {
    Task<T> task = new Task<>(name, job, ticker.getAsLong());
    try {
      lane.execute(task);
    } catch (RejectedExecutionException e) {
      task.fail(lane.isShutdown() ? CLOSED : OVERLOADED);
    } catch (RuntimeException | Error e) {
      // A thread that the machine does not give: callers hear of it where they wait for the answer.
      task.answer.completeExceptionally(e);
    }
    return task.answer.minimalCompletionStage();
  }

  @Override
  public void close() {
    List<ThreadPoolExecutor> lanes = List.of(common, news, ending, upkeep);
    for (ThreadPoolExecutor lane : lanes) {
      lane.shutdown();
      lane.getQueue().removeIf(this::closed);
    }
    metrics.close();
    try {
      for (ThreadPoolExecutor lane : lanes) {
        lane.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean closed(Runnable waiting) {
    if (waiting instanceof Task<?> task) {
      task.fail(CLOSED);
    }
    return true;
  }

  private final class Task<T> implements Runnable {

    private final String name;
    private final Supplier<Outcome<T>> job;
    private final long asked;
    private final CompletableFuture<Outcome<T>> answer = new CompletableFuture<>();

    Task(String name, Supplier<Outcome<T>> job, long asked) {
      this.name = name;
      this.job = job;
      this.asked = asked;
    }

    @Override
    public void run() {
      if (ticker.getAsLong() - asked > LONGEST_WAIT_NANOS) {
        fail(OVERLOADED);
        return;
      }
      try {
        Outcome<T> outcome = job.get();
        metrics.took(name, outcome, ticker.getAsLong() - asked);
        answer.complete(outcome);
      } catch (Throwable e) {
        // A defect: the one who asked is told, and closes its call as one.
        metrics.defect(name, ticker.getAsLong() - asked);
        answer.completeExceptionally(e);
      }
    }

    void fail(Outage outage) {
      metrics.took(name, new Outcome.Unavailable<>(outage), ticker.getAsLong() - asked);
      answer.complete(new Outcome.Unavailable<>(outage));
    }
  }
}
