package dev.rolecall.service.store.internal.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The names of histories. A store that was restored goes on under a new one. */
public final class Epochs {

  private Epochs() {}

  /** Begins a history unless there is one. */
  static void begin(Jdbi jdbi, String epoch) {
    jdbi.useTransaction(
        transaction ->
            transaction
                .createUpdate(
                    "insert into feed_revision (one, n, epoch, last_ms) values (1, 0, :epoch,"
                        + " <clock>) on conflict (one) do nothing")
                .bind("epoch", epoch)
                .execute());
  }

  /** Gives the store another history, unless it has one already: of several nodes, one does. */
  static void renew(Handle transaction, String lost, String fresh) {
    transaction
        .createUpdate("update feed_revision set epoch = :fresh where one = 1 and epoch = :lost")
        .bind("fresh", fresh)
        .bind("lost", lost)
        .execute();
  }

  /** Gives the store another history, whose revisions may be older. */
  public static void renew(Handle transaction, String fresh) {
    transaction
        .createUpdate("update feed_revision set epoch = :fresh where one = 1")
        .bind("fresh", fresh)
        .execute();
  }

  /**
   * The same, of a file that is no store yet.
   *
   * @param random draws its name
   */
  public static void renew(Connection connection, RandomGenerator random) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("update feed_revision set epoch = ? where one = 1")) {
      update.setString(1, new Ids(random).next("epoch"));
      if (update.executeUpdate() != 1) {
        throw new SQLException("no history in it");
      }
    }
  }
}
