package dev.rolecall.service.store.postgres;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.identity.internal.Supervisor;
import dev.rolecall.service.store.internal.database.NewsSignal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Waits for notifications, on a thread and a connection for that alone. A path to the server that
 * is dead holds it up for seconds: the poll where notifications do not arrive runs elsewhere.
 */
final class NewsListener implements Runnable, AutoCloseable {

  private static final int WAIT_MILLIS = 1000;
  private static final long PAUSE_MILLIS = 500;
  private static final int VALID_SECONDS = 5;
  private static final System.Logger LOG = System.getLogger("rolecall.access.store");

  private final Supervisor supervisor;
  private final Connections connect;
  private final NewsSignal signal;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile @Nullable Connection connection;

  /** Only the listening thread's: whether the log says that the connection is lost. */
  private boolean lost;

  NewsListener(Supervisor supervisor, Connections connect, NewsSignal signal) {
    this.supervisor = requireNonNull(supervisor, "supervisor");
    this.connect = requireNonNull(connect, "connect");
    this.signal = requireNonNull(signal, "signal");
  }

  @Override
  public void run() {
    while (closed.getCount() > 0) {
      // An error, too, ends one try alone.
      supervisor.run(SupervisedTask.ACCESS_NEWS.label(), this::connect);
      pause();
    }
  }

  private void connect() {
    try (Connection opened = connect.open()) {
      connection = opened;
      listen(opened);
    } catch (SQLException | RuntimeException e) {
      if (closed.getCount() > 0 && !lost) {
        lost = true;
        LOG.log(
            System.Logger.Level.WARNING,
            "the connection that listens for news is lost; going on with a poll a second");
      }
    }
  }

  private void listen(Connection opened) throws SQLException {
    Connections.execute(opened, "listen " + PostgresDatabase.CHANNEL);
    if (lost) {
      lost = false;
      LOG.log(System.Logger.Level.INFO, "listening for news again");
    }
    // Changes made before the server listened for this node.
    signal.fire();
    PGConnection server = opened.unwrap(PGConnection.class);
    while (closed.getCount() > 0) {
      boolean told = server.getNotifications(WAIT_MILLIS).length > 0;
      if (told) {
        signal.fire();
      } else if (!opened.isValid(VALID_SECONDS)) {
        throw new SQLException("the server is gone", "08006");
      }
    }
  }

  private void pause() {
    try {
      closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // The runtime is closing: the loop ends with the store.
      Thread.currentThread().interrupt();
      closed.countDown();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    Connection open = connection;
    if (open != null) {
      try {
        // From another thread, while it waits: the one thing that ends the wait at once.
        open.abort(Runnable::run);
      } catch (SQLException e) {
        // Going on is safe: the wait ends within a second.
        LOG.log(System.Logger.Level.DEBUG, "the connection that listens was not ended", e);
      }
    }
  }
}
