package dev.rolecall.service.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rolecall.testsupport.LocalPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A PostgreSQL server for tests. One serves all tests of a JVM, each with a database of its own.
 */
final class PostgresServer {

  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static Optional<PostgresServer> shared = Optional.empty();

  private final LocalPostgres server;

  private PostgresServer(LocalPostgres server) {
    this.server = server;
  }

  /** The one of this JVM. Skips the test where the programs are missing. */
  static synchronized PostgresServer shared() {
    if (shared.isEmpty()) {
      shared = Optional.of(own());
    }
    return shared.get();
  }

  /** One for a test that breaks it. */
  static PostgresServer own() {
    Optional<Path> programs = LocalPostgres.programs();
    assumeTrue(
        programs.isPresent(),
        "no PostgreSQL server programs found, so this test is skipped (to run it: "
            + LocalPostgres.HOW_TO_GET
            + ")");
    try {
      return new PostgresServer(LocalPostgres.start(programs.get()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The URL of a new, empty database, without a user. */
  String newDatabase() {
    String name = "t" + DATABASES.incrementAndGet();
    execute("postgres", "create database " + name);
    return server.jdbcUrl(name);
  }

  String user() {
    return LocalPostgres.USER;
  }

  Path passwordFile() {
    return server.passwordFile();
  }

  Connection connect(String database) throws SQLException {
    return server.connect(database);
  }

  void execute(String database, String sql) {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** Kills the server, as a loss of power would, and starts it again. */
  void crashAndRestart() {
    kill();
    startAgain();
  }

  void kill() {
    server.kill();
  }

  void startAgain() {
    try {
      server.startAgain();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void stop() {
    server.close();
  }
}
