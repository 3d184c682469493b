package dev.rolecall.service.store.sqlite;

import dev.rolecall.identity.internal.OwnerAlone;
import dev.rolecall.service.store.StoreNotOpenedException;
import dev.rolecall.service.store.internal.sql.Epochs;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Copies of a store in a folder. Blocks. */
public final class SqliteBackup {

  private SqliteBackup() {}

  /**
   * Writes a copy of the store to a new file, also while a service runs on it. The copy has the
   * state of one moment, and mode 0600 where the system knows modes.
   *
   * @param folder the data folder
   * @throws StoreNotOpenedException if there is no store, the file exists, or that failed
   */
  public static void backup(Path folder, Path file) {
    Path database = folder.resolve("access.db");
    if (!Files.exists(database)) {
      throw new StoreNotOpenedException(
          "data folder: " + folder + " has no store (expected: the folder of a service)", false);
    }
    if (Files.exists(file)) {
      throw new StoreNotOpenedException(
          "backup: " + file + " exists (expected: the name of a new file)", false);
    }
    // The mode before the content: SQLite writes into an empty file.
    createPrivate(file);
    try (Connection connection = SqliteDatabase.source(database).getConnection();
        PreparedStatement copy = connection.prepareStatement("vacuum into ?")) {
      copy.setString(1, file.toString());
      copy.execute();
    } catch (SQLException e) {
      throw new StoreNotOpenedException(
          "backup: it was not written (expected: room, and a folder that can be written)", true, e);
    }
  }

  private static void createPrivate(Path file) {
    try {
      Files.createFile(file, OwnerAlone.attributes(file));
    } catch (IOException e) {
      throw new UncheckedIOException("backup: the file cannot be made", e);
    }
  }

  /**
   * Makes a data folder of a backup. The store has a new epoch: servers that followed the old one
   * read everything anew, since its revisions go back.
   *
   * @param folder a data folder without a store; made if it is missing
   * @throws StoreNotOpenedException if the folder has a store or is in use, or the file is no
   *     backup
   */
  public static void restore(Path file, Path folder) {
    try (DataFolder taken = DataFolder.take(folder)) {
      if (Files.exists(taken.database())) {
        throw new StoreNotOpenedException(
            "data folder: " + folder + " has a store (expected: a new folder)", false);
      }
      Path copy = folder.resolve("restoring.db");
      Files.deleteIfExists(copy);
      createPrivate(copy);
      try (OutputStream out = Files.newOutputStream(copy)) {
        Files.copy(file, out);
      }
      try (Connection connection = SqliteDatabase.source(copy).getConnection()) {
        Epochs.renew(connection, new SecureRandom());
      }
      Files.move(copy, taken.database());
    } catch (IOException | SQLException e) {
      throw new StoreNotOpenedException(
          "backup: " + file + " cannot be restored (expected: a file that the backup wrote)",
          false,
          e);
    }
  }
}
