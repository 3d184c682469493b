package dev.rolecall.service.store.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.service.store.AccessStore.Listening;
import dev.rolecall.service.store.Outage;
import dev.rolecall.service.store.internal.database.Database;
import dev.rolecall.service.store.internal.database.NewsSignal;
import dev.rolecall.service.store.internal.sql.SqlStore;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** A PostgreSQL database, with a pool of connections and one more that listens. */
final class PostgresDatabase implements Database {

  static final String CHANNEL = "rolecall_access";

  private static final Duration POLL = Duration.ofSeconds(1);

  /** Each row's moment, not the transaction's start: a wait for a lock counts. */
  private static final String CLOCK =
      "cast(floor(extract(epoch from clock_timestamp()) * 1000) as bigint)";

  /** Connection, operator intervention, resources, read-only, lock timeout, idle in transaction. */
  private static final Set<String> OUTAGE_CLASSES = Set.of("08", "57", "53", "58");

  private static final Set<String> OUTAGE_STATES = Set.of("25006", "55P03", "25P03", "40003");
  private static final Set<String> CONFLICTS = Set.of("40001", "40P01");

  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final int workers;
  private final NewsSignal signal = new NewsSignal();
  private final NewsListener listener;
  private final Future<?> poll;

  PostgresDatabase(Connections connect, int workers, AccessRuntime runtime) {
    this.pool = connect.pool(workers + SqlStore.connectionsApart());
    this.workers = workers;
    this.jdbi =
        Jdbi.create(pool)
            .define("clock", CLOCK)
            .define("ascii", "collate \"C\"")
            .define("for_update", "for update")
            .define("skip_locked", "for update skip locked");
    runtime.supervising(SupervisedTask.ACCESS_NEWS);
    this.poll =
        runtime
            .supervisor()
            .pausing(POLL, runtime.timer(), SupervisedTask.ACCESS_NEWS.label(), signal::fire);
    this.listener = new NewsListener(runtime.supervisor(), connect, signal);
    runtime.newWaiters("rolecall-store-listen-").execute(listener);
  }

  @Override
  public Jdbi jdbi() {
    return jdbi;
  }

  @Override
  public TransactionIsolationLevel snapshot() {
    return TransactionIsolationLevel.REPEATABLE_READ;
  }

  @Override
  public void announce(Handle transaction) {
    transaction.execute("notify " + CHANNEL);
  }

  @Override
  public void committed() {
    // The server wakes this node too, and so in the order of commits.
  }

  @Override
  public Listening onNews(Runnable each) {
    return signal.add(each);
  }

  @Override
  public int workers() {
    return workers;
  }

  @Override
  public Optional<Outage> outage(SQLException error) {
    String state = String.valueOf(error.getSQLState());
    boolean outage =
        error instanceof SQLTransientException
            || (state.length() == 5 && OUTAGE_CLASSES.contains(state.substring(0, 2)))
            || OUTAGE_STATES.contains(state)
            || CONFLICTS.contains(state);
    return outage
        ? Optional.of(
            new Outage(
                Outage.Kind.UNREACHABLE,
                "the database cannot be reached or took too long (next step: try again)"))
        : Optional.empty();
  }

  @Override
  public boolean isConflict(SQLException error) {
    return CONFLICTS.contains(String.valueOf(error.getSQLState()));
  }

  @Override
  public void close() {
    poll.cancel(false);
    listener.close();
    pool.close();
  }
}
