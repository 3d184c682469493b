package dev.rolecall.cli.access.run;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.service.store.StoreSource;
import dev.rolecall.service.store.postgres.PostgresStore;
import dev.rolecall.service.store.sqlite.SqliteStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that name the store of an access service: a folder, or a database. */
final class StoreOptions {

  private static final Path USUAL = Path.of("access-data");

  @ArgGroup(exclusive = true)
  @Nullable Choice choice;

  /** One of the two. */
  static final class Choice {
    @Option(
        names = "--data",
        paramLabel = "DIR",
        description =
            "The folder of the store, for one node; it is made if there is none. Default:"
                + " access-data.")
    @Nullable Path data;

    @ArgGroup(exclusive = false)
    @Nullable Database database;
  }

  /** A PostgreSQL database, which several nodes may share. */
  static final class Database {
    @Option(
        names = "--database",
        required = true,
        paramLabel = "URL",
        description =
            "A PostgreSQL 15 or newer, for several nodes: "
                + " postgresql://HOST:PORT/NAME?user=USER&sslmode=verify-full, with the options of"
                + " its driver.")
    String url;

    @Option(
        names = "--database-password-file",
        paramLabel = "FILE",
        description = "The file whose one line is the user's password.")
    @Nullable Path passwordFile;

    @Option(
        names = "--allow-database-that-forgets-commits-in-a-crash",
        description =
            "Use a database with fsync, full_page_writes or synchronous_commit off. A crash may"
                + " then revive a revoked grant.")
    boolean forgetful;

    @Option(
        names = "--allow-database-without-verified-tls",
        description =
            "Use a database at another machine without sslmode=verify-full or verify-ca. What"
                + " stands between the two can then read all, and write grants.")
    boolean unverified;
  }

  /**
   * The settings of the store. Nothing is opened yet.
   *
   * @throws CommandFailure if the URL cannot be read
   */
  StoreSource source() {
    return choice == null || choice.database == null
        ? SqliteStore.in(folder())
        : postgres(choice.database);
  }

  /** The folder of the data; empty with a database. */
  Optional<Path> dataFolder() {
    return choice == null || choice.database == null ? Optional.of(folder()) : Optional.empty();
  }

  /**
   * Refuses a folder that is not there: it would be made.
   *
   * @throws CommandFailure if there is none
   */
  void requireFolder() {
    dataFolder()
        .filter(Files::notExists)
        .ifPresent(
            missing -> {
              throw new CommandFailure(
                  "--data: " + missing + " is not there (expected: the folder of a service)");
            });
  }

  private Path folder() {
    return choice == null || choice.data == null ? USUAL : choice.data;
  }

  private static StoreSource postgres(Database database) {
    try {
      PostgresStore store = PostgresStore.at(database.url);
      if (database.passwordFile != null) {
        store = store.passwordFile(database.passwordFile);
      }
      if (database.unverified) {
        store = store.allowDatabaseWithoutVerifiedTls();
      }
      return database.forgetful ? store.allowServerThatForgetsCommitsInACrash() : store;
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--database: " + e.getMessage(), e);
    }
  }

  /** A line for the person who starts the service. */
  String note() {
    return choice == null || choice.database == null
        ? "data in " + folder()
        : "data in a PostgreSQL database";
  }
}
