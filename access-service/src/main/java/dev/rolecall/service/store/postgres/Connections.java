package dev.rolecall.service.store.postgres;

import static java.util.Objects.requireNonNull;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** Connects to a server. */
final class Connections {

  /**
   * A node that is frozen in a transaction holds the counter, and with it all writers of all nodes:
   * the server ends its transaction.
   */
  private static final String LIMITS =
      "set idle_in_transaction_session_timeout = '3s'; set lock_timeout = '4s';"
          + " set statement_timeout = '8s'; set default_transaction_isolation = 'read committed'";

  private static final String DRIVER = "org.postgresql.Driver";
  private static final int WAIT_MILLIS = 3_000;
  private static final int MIGRATING = 3;
  private static final int MAX_LIFETIME_MILLIS = 1_800_000;

  private final String url;
  private final Properties properties;

  Connections(String url, Properties properties) {
    this.url = requireNonNull(url, "url");
    this.properties = requireNonNull(properties, "properties");
  }

  /** One connection, without time limits. */
  Connection open() throws SQLException {
    return DriverManager.getConnection(url, properties);
  }

  /** A pool of connections without time limits, for changes of the schema. */
  HikariDataSource plain() {
    Properties patient = new Properties();
    patient.putAll(properties);
    patient.setProperty("socketTimeout", "0");
    return new HikariDataSource(config(MIGRATING, patient));
  }

  /** A pool of connections with time limits. Does not connect yet. */
  HikariDataSource pool(int most) {
    HikariConfig config = config(most, properties);
    config.setConnectionInitSql(LIMITS);
    return new HikariDataSource(config);
  }

  private HikariConfig config(int most, Properties of) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("rolecall-access");
    config.setJdbcUrl(url);
    config.setDriverClassName(DRIVER);
    config.setDataSourceProperties(of);
    config.setMaximumPoolSize(most);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(WAIT_MILLIS);
    config.setValidationTimeout(WAIT_MILLIS);
    config.setMaxLifetime(MAX_LIFETIME_MILLIS);
    config.setInitializationFailTimeout(-1);
    return config;
  }

  /** Runs statements on a connection. */
  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public String toString() {
    return "Connections[****]";
  }
}
