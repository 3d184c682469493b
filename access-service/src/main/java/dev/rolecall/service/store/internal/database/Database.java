package dev.rolecall.service.store.internal.database;

import dev.rolecall.service.store.AccessStore.Listening;
import dev.rolecall.service.store.Outage;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** A database that is open, and the points in which the databases differ. */
public interface Database extends AutoCloseable {

  /**
   * Hands out connections that are set up. The attribute {@code clock} is defined on it: an
   * expression for the store's time in milliseconds, evaluated when its row is. So is {@code
   * skip_locked}: the words that lock the rows of a query and leave out those that are locked; and
   * {@code for_update}: those that wait for them. {@code ascii} stands behind a column for the
   * rules of ASCII, by which {@code lower} changes A to Z alone.
   */
  Jdbi jdbi();

  /** The level at which all queries of a transaction see one state. */
  TransactionIsolationLevel snapshot();

  /** Wakes those who wait for news, once the transaction is committed. */
  void announce(Handle transaction);

  /** Says that a transaction was committed, on the thread that did it. */
  void committed();

  /** Runs the listener when there may be news, and at least once a second. */
  Listening onNews(Runnable listener);

  /** The threads that may work at once. */
  int workers();

  /** The outage that an error tells of; empty for a defect. */
  Optional<Outage> outage(SQLException error);

  /** Whether the transaction failed for a conflict, did nothing, and may do on another try. */
  boolean isConflict(SQLException error);

  /** Closes the connections. */
  @Override
  void close();
}
