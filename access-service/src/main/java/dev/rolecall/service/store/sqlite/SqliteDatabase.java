package dev.rolecall.service.store.sqlite;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.service.store.AccessStore.Listening;
import dev.rolecall.service.store.Outage;
import dev.rolecall.service.store.StoreNotOpenedException;
import dev.rolecall.service.store.internal.database.Database;
import dev.rolecall.service.store.internal.database.NewsSignal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.sqlite.Function;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** A SQLite file that is open, with the one connection that all work shares. */
final class SqliteDatabase implements Database {

  private static final String CLOCK = "rolecall_clock";
  private static final Duration POLL = Duration.ofSeconds(1);

  /** Busy, locked, read-only, I/O error, corrupt, full, cannot open: the primary codes. */
  private static final Set<Integer> OUTAGES = Set.of(5, 6, 8, 10, 11, 13, 14);

  private final DataFolder folder;
  private final Connection connection;
  private final Jdbi jdbi;
  private final NewsSignal signal = new NewsSignal();
  private final Future<?> poll;

  private SqliteDatabase(DataFolder folder, Connection connection, AccessRuntime runtime) {
    this.folder = folder;
    this.connection = connection;
    this.jdbi =
        Jdbi.create(new OneConnection(connection))
            .define("clock", CLOCK + "()")
            .define("ascii", "")
            .define("for_update", "")
            .define("skip_locked", "");
    runtime.supervising(SupervisedTask.ACCESS_NEWS);
    this.poll =
        runtime
            .supervisor()
            .pausing(POLL, runtime.timer(), SupervisedTask.ACCESS_NEWS.label(), signal::fire);
  }

  static SQLiteDataSource source(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    config.enforceForeignKeys(true);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  static SqliteDatabase open(DataFolder folder, AccessRuntime runtime) throws SQLException {
    Connection connection = source(folder.database()).getConnection();
    try {
      check(connection, "journal_mode", "wal");
      check(connection, "synchronous", "2");
      StoreClock clock =
          new StoreClock(
              runtime.clock(),
              runtime.ticker(),
              Long.parseLong(
                  ask(connection, "select coalesce(max(last_ms), 0) from feed_revision")));
      Function.create(
          connection,
          CLOCK,
          new Function() {
            @Override
            protected void xFunc() throws SQLException {
              result(clock.millis());
            }
          });
      return new SqliteDatabase(folder, connection, runtime);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static void check(Connection connection, String setting, String expected)
      throws SQLException {
    String value = ask(connection, "pragma " + setting);
    if (!value.equals(expected)) {
      throw new StoreNotOpenedException(
          "data folder: SQLite has "
              + setting
              + " = "
              + value
              + " there (expected: "
              + expected
              + "; next step: a folder on a local disk)",
          false);
    }
  }

  private static String ask(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() ? row.getString(1) : "";
    }
  }

  @Override
  public Jdbi jdbi() {
    return jdbi;
  }

  /** All transactions exclude each other. */
  @Override
  public TransactionIsolationLevel snapshot() {
    return TransactionIsolationLevel.SERIALIZABLE;
  }

  @Override
  public void announce(Handle transaction) {
    // No other process is there to be woken; committed() wakes this process.
  }

  @Override
  public void committed() {
    signal.fire();
  }

  @Override
  public Listening onNews(Runnable listener) {
    return signal.add(listener);
  }

  @Override
  public int workers() {
    return 1;
  }

  @Override
  public Optional<Outage> outage(SQLException error) {
    return error instanceof SQLTransientException || OUTAGES.contains(error.getErrorCode() & 0xff)
        ? Optional.of(
            new Outage(
                Outage.Kind.UNREACHABLE,
                "the database file cannot be read or written (next step: see the service's log)"))
        : Optional.empty();
  }

  @Override
  public boolean isConflict(SQLException error) {
    return false;
  }

  @Override
  public void close() {
    poll.cancel(false);
    try {
      connection.close();
    } catch (SQLException e) {
      // Going on is safe: all that was committed is on the disk.
      System.getLogger("rolecall.access.store")
          .log(System.Logger.Level.WARNING, "the database was not closed", e);
    }
    folder.close();
  }
}
