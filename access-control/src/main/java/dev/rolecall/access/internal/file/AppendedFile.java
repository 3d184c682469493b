package dev.rolecall.access.internal.file;

import dev.rolecall.identity.internal.OwnerAlone;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file of lines that grows at its end. It is opened again when another file, or none, stands at
 * its path: so it survives a rotation by rename. One that is made here is its owner's alone, mode
 * 0600; the mode of one that exists is left as it is.
 *
 * <p>For one thread at a time. Blocks.
 */
public final class AppendedFile {

  private static final Set<OpenOption> APPENDING =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
  private static final System.Logger LOG = System.getLogger("rolecall.access");

  /** The key of no file: neither of one that is missing, nor of one that may be another. */
  private static final String MISSING = "missing";

  private static final String UNSURE = "unsure";

  private final Path path;
  private @Nullable FileChannel channel;
  private @Nullable Object key;
  private long size;

  private AppendedFile(Path path) {
    this.path = path;
  }

  /** Opens the file, and makes it where it does not exist. */
  public static AppendedFile open(Path path) throws IOException {
    AppendedFile file = new AppendedFile(path.toAbsolutePath());
    file.reopen();
    return file;
  }

  /**
   * Appends whole lines. After a failure nothing of them is left, as a rule, and the file is opened
   * again by the next call.
   *
   * @param synced whether to wait until the disk has them
   */
  public void append(ByteBuffer lines, boolean synced) throws IOException {
    FileChannel current = current();
    long before = current.size();
    try {
      while (lines.hasRemaining()) {
        current.write(lines);
      }
      size = before + lines.limit();
      if (synced) {
        current.force(false);
      }
    } catch (IOException e) {
      cutTo(before, current);
      close();
      throw e;
    }
  }

  /** What cannot be cut off stands as a line of its own: the next one starts after it. */
  private static void cutTo(long size, FileChannel file) {
    try {
      file.truncate(size);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "the audit file could not be cut to whole lines", e);
    }
  }

  /** The size after the last write, in bytes. */
  public long size() {
    return size;
  }

  private FileChannel current() throws IOException {
    FileChannel open = channel;
    return open != null && isStillThere() ? open : reopen();
  }

  private boolean isStillThere() throws IOException {
    return !Objects.equals(key, MISSING) && Objects.equals(key, keyIfAny(path));
  }

  private FileChannel reopen() throws IOException {
    close();
    Object before = keyIfAny(path);
    FileChannel opened = FileChannel.open(path, APPENDING, OwnerAlone.attributes(path));
    channel = opened;
    Object after = keyIfAny(path);
    // A rotation may come in between: only what stood there all the time is surely what was opened.
    key = Objects.equals(before, after) ? after : UNSURE;
    if (endsInsideLine()) {
      opened.write(ByteBuffer.wrap(new byte[] {'\n'}));
    }
    return opened;
  }

  /** Null where the file system has none: then only a missing file is opened again. */
  private static @Nullable Object keyIfAny(Path path) throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException e) {
      return MISSING;
    }
  }

  /** Whether a write was cut short, by a full disk or the end of a process. */
  private boolean endsInsideLine() throws IOException {
    if (!Files.isRegularFile(path)) {
      return false;
    }
    try (SeekableByteChannel read = Files.newByteChannel(path)) {
      if (read.size() == 0) {
        return false;
      }
      ByteBuffer last = ByteBuffer.allocate(1);
      return read.position(read.size() - 1).read(last) == 1 && last.get(0) != '\n';
    } catch (NoSuchFileException e) {
      // Renamed since it was opened.
      return false;
    }
  }

  /** Closes it. Throws nothing: what was written is the operating system's. */
  public void close() {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "the audit file could not be closed", e);
      }
    }
  }
}
