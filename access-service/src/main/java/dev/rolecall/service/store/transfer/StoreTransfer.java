package dev.rolecall.service.store.transfer;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.internal.OwnerAlone;
import dev.rolecall.service.store.AccessStore;
import dev.rolecall.service.store.StoreNotOpenedException;
import dev.rolecall.service.store.StoreSource;
import dev.rolecall.service.store.internal.sql.Epochs;
import dev.rolecall.service.store.internal.sql.SqlStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Moves the content of a store from one database to another, by a file of JSON lines. Blocks.
 *
 * <p>The copy has a new epoch, so servers forget what they had and read everything anew: its
 * revisions may be those of an older state. No node may run on either store meanwhile.
 */
public final class StoreTransfer {

  private StoreTransfer() {}

  /**
   * Writes all of a store to a new file, with mode 0600 where the system knows modes. The file has
   * the sealed signing keys.
   *
   * @return how many rows
   * @throws StoreNotOpenedException if the store cannot be opened
   * @throws UncheckedIOException if the file exists, or cannot be written
   */
  public static long exportTo(Path file, StoreSource from, AccessRuntime runtime) {
    try (AccessStore store = from.open(runtime);
        Writer writer = newFile(file)) {
      return ExportedLines.write(database(store).database().jdbi(), writer);
    } catch (IOException e) {
      throw new UncheckedIOException("the export " + file + " was not written", e);
    }
  }

  private static Writer newFile(Path file) throws IOException {
    return Channels.newWriter(
        Files.newByteChannel(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            OwnerAlone.attributes(file)),
        StandardCharsets.UTF_8);
  }

  /**
   * Reads an export into an empty store, as a whole or not at all.
   *
   * @return how many rows
   * @throws StoreNotOpenedException if the store cannot be opened
   * @throws InvalidExportException if the file is no whole export, or of a newer program, or if the
   *     store is not empty
   * @throws UncheckedIOException if the file cannot be read
   */
  public static long importFrom(Path file, StoreSource to, AccessRuntime runtime) {
    try (AccessStore store = to.open(runtime);
        BufferedReader reader = Files.newBufferedReader(file)) {
      SqlStore sql = database(store);
      return ImportedLines.read(reader, sql.database().jdbi(), sql.newEpoch());
    } catch (IOException e) {
      throw new UncheckedIOException("the export " + file + " was not read", e);
    }
  }

  /**
   * Gives a store a new epoch in its place, where another program restored it to an older state.
   *
   * @return the epoch
   * @throws StoreNotOpenedException if the store cannot be opened
   */
  public static String beginEpoch(StoreSource in, AccessRuntime runtime) {
    try (AccessStore store = in.open(runtime)) {
      SqlStore sql = database(store);
      String epoch = sql.newEpoch();
      sql.database().jdbi().useTransaction(transaction -> Epochs.renew(transaction, epoch));
      return epoch;
    }
  }

  private static SqlStore database(AccessStore store) {
    if (store instanceof SqlStore sql) {
      return sql;
    }
    throw new IllegalArgumentException(
        "store: not one in a database (expected: SQLite or PostgreSQL)");
  }
}
