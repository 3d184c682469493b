package dev.rolecall.service.store.sqlite;

import dev.rolecall.service.store.StoreNotOpenedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a store, held by one process: its user's alone, and locked. A second process would
 * not hear of the first one's changes.
 */
final class DataFolder implements AutoCloseable {

  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rwx------");
  private static final String TMPDIR = "org.sqlite.tmpdir";

  private final Path folder;
  private final FileChannel lock;

  private DataFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Makes the folder if it is missing, and takes it.
   *
   * @throws StoreNotOpenedException if others may read it, another process has it, or it cannot be
   *     written
   */
  static DataFolder take(Path folder) {
    try {
      make(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw new StoreNotOpenedException(
            "data folder: "
                + folder
                + " is in use by another process (expected: one process for a folder; next step:"
                + " end the other one, or use PostgreSQL for several nodes)",
            true);
      }
      Path temporary = Files.createDirectories(folder.resolve("tmp"));
      clear(temporary);
      // The driver unpacks its native part, which a shared folder would let others replace.
      if (System.getProperty(TMPDIR) == null) {
        System.setProperty(TMPDIR, temporary.toString());
      }
      return new DataFolder(folder, channel);
    } catch (IOException e) {
      throw new StoreNotOpenedException(
          "data folder: "
              + folder
              + " cannot be used (expected: a folder that this user can write)",
          false,
          e);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Another store of this process has it: the same answer.
      return null;
    }
  }

  private static void make(Path folder) throws IOException {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    if (!Files.exists(folder)) {
      if (posix) {
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER));
      } else {
        Files.createDirectories(folder);
      }
    }
    if (posix) {
      Set<PosixFilePermission> permissions =
          Files.getPosixFilePermissions(folder, new LinkOption[0]);
      if (!OWNER.containsAll(permissions)) {
        throw new StoreNotOpenedException(
            "data folder: "
                + folder
                + " has the permissions "
                + PosixFilePermissions.toString(permissions)
                + " (expected: rwx------; next step: chmod 700, or name a new folder in it)",
            false);
      }
    }
  }

  /** A process that is killed leaves the driver's native part, a megabyte each time. */
  private static void clear(Path temporary) throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(temporary, "sqlite-*")) {
      for (Path each : left) {
        Files.deleteIfExists(each);
      }
    }
  }

  Path database() {
    return folder.resolve("access.db");
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      // Going on is safe: the lock ends with the process at the latest.
      System.getLogger("rolecall.access.store")
          .log(System.Logger.Level.WARNING, "the lock of the data folder was not released", e);
    }
  }
}
