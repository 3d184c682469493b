package dev.rolecall.service.store.sqlite;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.service.store.AccessStore;
import dev.rolecall.service.store.StoreNotOpenedException;
import dev.rolecall.service.store.StoreSource;
import dev.rolecall.service.store.internal.database.Migrations;
import dev.rolecall.service.store.internal.sql.SqlStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.random.RandomGenerator;

/**
 * The settings of a store in a folder, for one process. What it acknowledged survives a kill and a
 * loss of power: it writes ahead, and syncs each commit.
 *
 * <p>The folder belongs to one user and one process at a time. On Linux it must not lie on NFS.
 */
public final class SqliteStore implements StoreSource {

  private final Path folder;
  private final RandomGenerator random;

  private SqliteStore(Path folder, RandomGenerator random) {
    this.folder = requireNonNull(folder, "folder");
    this.random = requireNonNull(random, "random");
  }

  /** A store in that folder, which is made if it is missing. */
  public static SqliteStore in(Path folder) {
    return new SqliteStore(folder, new SecureRandom());
  }

  /**
   * Opens the store.
   *
   * @throws StoreNotOpenedException if the folder is in use, open to other users, or of a newer
   *     program, or if the database is broken or does not keep its settings
   */
  @Override
  public AccessStore open(AccessRuntime runtime) {
    DataFolder taken = DataFolder.take(folder);
    try {
      Migrations.run(SqliteDatabase.source(taken.database()));
      return SqlStore.open(SqliteDatabase.open(taken, runtime), runtime, random);
    } catch (SQLException e) {
      taken.close();
      throw new StoreNotOpenedException(
          "data folder: the database in " + folder + " cannot be opened", false, e);
    } catch (RuntimeException e) {
      taken.close();
      throw e;
    }
  }
}
