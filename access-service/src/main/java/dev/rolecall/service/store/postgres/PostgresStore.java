package dev.rolecall.service.store.postgres;

import static java.util.Objects.requireNonNull;

import com.zaxxer.hikari.HikariDataSource;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.internal.Range;
import dev.rolecall.service.store.AccessStore;
import dev.rolecall.service.store.StoreNotOpenedException;
import dev.rolecall.service.store.StoreSource;
import dev.rolecall.service.store.internal.database.Migrations;
import dev.rolecall.service.store.internal.sql.SqlStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/**
 * The settings of a store in PostgreSQL 15 or later, for one or more nodes. What it acknowledged
 * survives a crash of the nodes and of the database.
 *
 * <p>News reaches the nodes by {@code LISTEN} and {@code NOTIFY}, which do not pass a PgBouncer
 * that pools by transaction. There news takes up to a second.
 *
 * @see <a href="https://www.postgresql.org/docs/15/runtime-config-wal.html">PostgreSQL, write-ahead
 *     log</a>
 */
public final class PostgresStore implements StoreSource {

  private final DatabaseAddress address;
  private final int connections;
  private final boolean unsafe;
  private final boolean unverified;
  private final RandomGenerator random;

  private PostgresStore(
      DatabaseAddress address, int connections, boolean unsafe, boolean unverified) {
    this.address = address;
    this.connections = connections;
    this.unsafe = unsafe;
    this.unverified = unverified;
    this.random = new SecureRandom();
  }

  /**
   * A store at an address such as {@code
   * postgresql://db.internal:5432/access?user=rolecall&sslmode=verify-full}. All options of the
   * driver may stand in it. To another machine the connection must be by TLS that proves which
   * server it is: {@code sslmode=verify-full} or {@code verify-ca}.
   *
   * @throws IllegalArgumentException if it is no such address, or has a password
   * @see <a href="https://jdbc.postgresql.org/documentation/use/">pgjdbc, connection parameters</a>
   */
  public static PostgresStore at(String url) {
    return new PostgresStore(DatabaseAddress.of(requireNonNull(url, "url")), 8, false, false);
  }

  /** The same, as that user of the database. */
  public PostgresStore user(String name) {
    return new PostgresStore(address.withUser(name), connections, unsafe, unverified);
  }

  /** The same, with the password that is the one line of a file. It is read when it is opened. */
  public PostgresStore passwordFile(Path file) {
    return new PostgresStore(
        address.withPasswordFile(requireNonNull(file, "file")), connections, unsafe, unverified);
  }

  /**
   * The same, with at most so many transactions at once: 1 to 64, 8 by default. It holds five
   * connections more: for news, for what ends access, and for the upkeep of the node.
   *
   * @throws IllegalArgumentException if the number breaks the rule above
   */
  public PostgresStore connections(int most) {
    Range.check("connections", most, 1, 64);
    return new PostgresStore(address, most, unsafe, unverified);
  }

  /**
   * The same, on a server that may forget what it acknowledged: with {@code fsync}, {@code
   * full_page_writes} or {@code synchronous_commit} off. A crash may then revive a revoked grant.
   */
  public PostgresStore allowServerThatForgetsCommitsInACrash() {
    return new PostgresStore(address, connections, true, unverified);
  }

  /**
   * The same, at another machine without TLS that proves which server it is. What stands between
   * the two can then read all, and write grants.
   */
  public PostgresStore allowDatabaseWithoutVerifiedTls() {
    return new PostgresStore(address, connections, unsafe, true);
  }

  /**
   * Opens the store.
   *
   * @throws StoreNotOpenedException if the server cannot be reached, is older than 15, does not
   *     keep its promises, or has the schema of a newer program
   * @throws IllegalArgumentException if the password file cannot be read, or if the connection to
   *     another machine is not protected by TLS that is verified
   */
  @Override
  public AccessStore open(AccessRuntime runtime) {
    if (!unverified && !address.isProtected()) {
      throw new IllegalArgumentException(
          "database URL: no TLS that proves which server it is (expected: sslmode=verify-full,"
              + " and sslrootcert=FILE for a CA of your own, unless"
              + " --allow-database-without-verified-tls)");
    }
    Connections connect = new Connections(address.url(), address.properties());
    ServerSettings.check(connect, unsafe);
    try (HikariDataSource plain = connect.plain()) {
      Migrations.run(plain);
    }
    return SqlStore.open(new PostgresDatabase(connect, connections, runtime), runtime, random);
  }

  @Override
  public String toString() {
    return "PostgresStore[" + address + "]";
  }
}
