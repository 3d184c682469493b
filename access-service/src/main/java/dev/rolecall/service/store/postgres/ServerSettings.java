package dev.rolecall.service.store.postgres;

import dev.rolecall.service.store.StoreNotOpenedException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The settings of a server that the store relies on. Blocks. */
final class ServerSettings {

  private static final int OLDEST = 150_000;

  private ServerSettings() {}

  /**
   * Asks the server.
   *
   * @throws StoreNotOpenedException if it cannot be reached, or a setting is wrong
   */
  static void check(Connections connect, boolean unsafe) {
    try (Connection connection = connect.open();
        Statement statement = connection.createStatement()) {
      int version = Integer.parseInt(show(statement, "server_version_num"));
      if (version < OLDEST) {
        throw wrong("server_version", show(statement, "server_version"), "15 or later");
      }
      if (!show(statement, "server_encoding").equals("UTF8")) {
        throw wrong("server_encoding", show(statement, "server_encoding"), "UTF8");
      }
      if (!show(statement, "transaction_read_only").equals("off")) {
        throw new StoreNotOpenedException(
            "database: the server takes no writes (expected: a primary server; next step: name it,"
                + " or add targetServerType=primary to the URL)",
            true);
      }
      if (!unsafe) {
        checkDurable(statement, "fsync");
        checkDurable(statement, "full_page_writes");
        checkDurable(statement, "synchronous_commit");
      }
    } catch (SQLException e) {
      throw new StoreNotOpenedException(
          "database: no connection, SQLSTATE "
              + e.getSQLState()
              + reason(e)
              + " (expected: a server that this user may use; next step: check the URL, the"
              + " network, the user and the password file)",
          isRetryable(e),
          e);
    }
  }

  private static void checkDurable(Statement statement, String setting) throws SQLException {
    String value = show(statement, setting);
    if (value.equals("off")) {
      throw wrong(setting, value, "on, so that a crash forgets no revocation");
    }
  }

  private static String show(Statement statement, String setting) throws SQLException {
    try (ResultSet row = statement.executeQuery("show " + setting)) {
      return row.next() ? row.getString(1) : "";
    }
  }

  private static StoreNotOpenedException wrong(String setting, String value, String expected) {
    return new StoreNotOpenedException(
        "database: " + setting + " is " + value + " (expected: " + expected + ")", false);
  }

  /** The words for the commonest states. The server's own message may quote what it was given. */
  private static String reason(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    if (state.startsWith("28")) {
      return ", the server does not accept the user or the password";
    }
    if (state.equals("3D000")) {
      return ", there is no such database";
    }
    return state.startsWith("08") ? ", the server cannot be reached" : "";
  }

  private static boolean isRetryable(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return state.startsWith("08") || state.startsWith("57") || state.startsWith("53");
  }
}
