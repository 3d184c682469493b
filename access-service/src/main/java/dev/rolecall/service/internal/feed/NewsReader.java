package dev.rolecall.service.internal.feed;

import static java.util.concurrent.CompletableFuture.completedFuture;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.identity.internal.Batches;
import dev.rolecall.identity.internal.Listeners;
import dev.rolecall.identity.internal.Supervisor;
import dev.rolecall.service.store.AccessStore;
import dev.rolecall.service.store.News;
import dev.rolecall.service.store.Position;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Reads the store's news into a log, each time that there may be some, and tells its listeners of
 * each reading. One reading at a time; nothing blocks. While the store is away, nothing is told.
 */
final class NewsReader implements AutoCloseable {

  private static final int LIMIT = 10_000;
  private static final Duration TIDY_AFTER = Duration.ofMinutes(1);
  private static final String TASK = SupervisedTask.ACCESS_NEWS.label();

  private final AccessStore store;
  private final StoreTime time;
  private final Supervisor supervisor;
  private final Listeners<Runnable> listeners = new Listeners<>();
  private final Batches readings;
  private final AccessStore.Listening listening;

  private volatile @Nullable NewsLog log;

  /** Read and written by the one reading. */
  private long tidiedAt;

  NewsReader(AccessStore store, StoreTime time, Supervisor supervisor) {
    this.store = store;
    this.time = time;
    this.supervisor = supervisor;
    this.tidiedAt = time.ticks();
    this.readings = new Batches(supervisor, TASK, this::read);
    this.listening = store.onNews(this::look);
    look();
  }

  /** The log; empty until the store has been read once, and while its history is another one. */
  Optional<NewsLog> log() {
    return Optional.ofNullable(log);
  }

  /** Has the listener hear of each reading, with news or without. It must not block. */
  Runnable onRead(Runnable listener) {
    return listeners.add(listener);
  }

  /** Reads, or has the reading that is under way followed by another. */
  void look() {
    readings.wake();
  }

  /** One reading has all the news: there is no more to do until it is woken again. */
  private CompletionStage<Boolean> read() {
    NewsLog known = log;
    return (known == null ? load() : follow(known))
        .thenApply(
            done -> {
              if (done) {
                listeners.forEach(each -> supervisor.run(TASK, each));
              }
              return false;
            });
  }

  /** The news after those that the log has; false if the store was away. */
  private CompletionStage<Boolean> follow(NewsLog known) {
    return pages(known, known.revision())
        .thenCompose(
            page ->
                switch (page) {
                  case TAKEN -> {
                    tidy(known);
                    yield completedFuture(true);
                  }
                  case AWAY -> completedFuture(false);
                  case OTHER_HISTORY -> {
                    log = null;
                    yield load();
                  }
                  case WENT_BACK -> beginAnother(known.epoch());
                });
  }

  /**
   * Gives the history another name, since a database that was restored keeps the old one. Under
   * that, servers would go on from a revision that means something else by now.
   */
  private CompletionStage<Boolean> beginAnother(String lost) {
    return store
        .beginHistory(lost)
        .thenCompose(
            outcome ->
                outcome.<CompletionStage<Boolean>>fold(
                    position -> {
                      // Not before: what is known here is what tells that revisions are lost.
                      log = null;
                      return load();
                    },
                    refused -> completedFuture(false),
                    away -> completedFuture(false)));
  }

  /** The whole state, and then the locks that ended lately, since others may not know of that. */
  private CompletionStage<Boolean> load() {
    long askedAt = time.ticks();
    return store
        .position()
        .thenCompose(
            outcome ->
                outcome.<CompletionStage<Boolean>>fold(
                    position -> {
                      time.read(position.time(), askedAt);
                      return load(position);
                    },
                    refused -> completedFuture(false),
                    away -> completedFuture(false)));
  }

  private CompletionStage<Boolean> load(Position position) {
    // No later than the newest: an empty store has revision 0.
    long floor =
        Math.min(position.revision(), Math.max(1, position.revision() - NewsLog.LIFTED_LOCKS_KEPT));
    NewsLog fresh = new NewsLog(position.epoch(), floor);
    return pages(fresh, 0)
        .thenCompose(
            page ->
                page == Page.TAKEN && floor < fresh.revision()
                    ? pages(fresh, floor)
                    : completedFuture(page))
        .thenApply(
            page -> {
              if (page == Page.TAKEN) {
                log = fresh;
              }
              return page == Page.TAKEN;
            });
  }

  /** The outcomes of reading pages. */
  private enum Page {
    TAKEN,
    AWAY,
    OTHER_HISTORY,
    /** The history that is known, without its last revisions. */
    WENT_BACK
  }

  private CompletionStage<Page> pages(NewsLog into, long after) {
    long askedAt = time.ticks();
    return store
        .news(after, LIMIT)
        .thenCompose(
            outcome ->
                outcome.<CompletionStage<Page>>fold(
                    news -> taken(into, after, news, askedAt),
                    refused -> completedFuture(Page.AWAY),
                    away -> completedFuture(Page.AWAY)));
  }

  private CompletionStage<Page> taken(NewsLog into, long after, News news, long askedAt) {
    Position position = news.position();
    if (!position.epoch().equals(into.epoch())) {
      return completedFuture(Page.OTHER_HISTORY);
    }
    if (position.revision() < after) {
      return completedFuture(Page.WENT_BACK);
    }
    time.read(position.time(), askedAt);
    into.take(news);
    return news.more() ? pages(into, position.revision()) : completedFuture(Page.TAKEN);
  }

  private void tidy(NewsLog known) {
    long now = time.ticks();
    if (now - tidiedAt >= TIDY_AFTER.toNanos()) {
      tidiedAt = now;
      time.now().ifPresent(storeTime -> known.forget(storeTime.toEpochMilli()));
    }
  }

  @Override
  public void close() {
    listening.close();
    readings.close();
  }
}
