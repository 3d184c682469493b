package dev.rolecall.service.store.sqlite;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.ConnectionFactory;

/** Lends the one connection to one thread at a time, in the order of their coming. */
final class OneConnection implements ConnectionFactory {

  private static final long WAIT_SECONDS = 8;

  private final Connection connection;
  private final Semaphore free = new Semaphore(1, true);

  OneConnection(Connection connection) {
    this.connection = requireNonNull(connection, "connection");
  }

  @Override
  public Connection openConnection() throws SQLException {
    try {
      if (!free.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw new SQLTransientConnectionException("the connection is in use");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLTransientConnectionException("interrupted", e);
    }
    return connection;
  }

  @Override
  public void closeConnection(Connection lent) {
    free.release();
  }
}
