package dev.rolecall.service.store;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.service.store.internal.sql.SqlStore;
import dev.rolecall.service.store.postgres.PostgresStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Two nodes at one new database. */
final class TwoNodes implements AutoCloseable {

  private final PostgresServer server;
  private final String url;
  private final AccessRuntime runtime = AccessRuntime.ofDefaults();
  private final SqlStore one;
  private final SqlStore two;

  TwoNodes(PostgresServer server) {
    this.server = server;
    this.url = server.newDatabase();
    this.one = open();
    this.two = open();
  }

  private SqlStore open() {
    return (SqlStore) source().open(runtime);
  }

  PostgresStore source() {
    return PostgresStore.at(url).user(server.user()).passwordFile(server.passwordFile());
  }

  String database() {
    return url.substring(url.lastIndexOf('/') + 1);
  }

  SqlStore one() {
    return one;
  }

  SqlStore two() {
    return two;
  }

  long count(String query) {
    try (Connection connection = server.connect(database());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(query, e);
    }
  }

  @Override
  public void close() {
    one.close();
    two.close();
    runtime.close();
  }
}
