package dev.rolecall.identity.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * A file that is to take another one's place. Its name, that of the other and {@code .new}, is also
 * the lock: while it is there, no other change can begin. Not safe for use by several threads.
 */
public final class Replacement implements AutoCloseable {

  private static final String SUFFIX = ".new";

  /** Makes the exception of the file's own kind. */
  @FunctionalInterface
  public interface Failure {
    /**
     * The exception.
     *
     * @param message names the file and the cause, and no secret
     */
    RuntimeException of(String message, IOException cause);
  }

  private final Failure failure;
  private final Path target;
  private final Path fresh;
  private final FileChannel channel;
  private boolean placed;

  private Replacement(Failure failure, Path target, Path fresh, FileChannel channel) {
    this.failure = failure;
    this.target = target;
    this.fresh = fresh;
    this.channel = channel;
  }

  /**
   * An empty replacement, which only its owner may read. Throws the failure that {@code failure}
   * makes if it cannot be made, or a change is under way.
   *
   * @param failure makes what is thrown, here and later
   */
  public static Replacement of(Path path, Failure failure) {
    requireNonNull(failure, "failure");
    Path fresh = path;
    try {
      Path target = target(path);
      fresh = fresh(target);
      return new Replacement(
          failure,
          target,
          fresh,
          FileChannel.open(
              fresh,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              OwnerAlone.attributes(fresh)));
    } catch (FileAlreadyExistsException e) {
      throw failure.of(
          fresh
              + ": there already (expected: none; another change is under way, or was cut off:"
              + " then remove it)",
          e);
    } catch (IOException e) {
      throw failure.of(fresh + ": cannot be written: " + why(e), e);
    }
  }

  /**
   * Removes what a process left of a replacement that its end cut off. Only for a file that no
   * other process replaces: it would end another's change.
   */
  public static void removeLeft(Path path) throws IOException {
    Files.deleteIfExists(fresh(target(path)));
  }

  /** A link stays a link: what it leads to is replaced. */
  private static Path target(Path path) throws IOException {
    return Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
  }

  private static Path fresh(Path target) {
    return target.resolveSibling(target.getFileName() + SUFFIX);
  }

  private static String why(IOException failure) {
    return failure instanceof NoSuchFileException
        ? "its folder is not there (expected: an existing folder)"
        : failure instanceof AccessDeniedException
            ? "no permission"
            : failure.getClass().getSimpleName();
  }

  /** The file to be replaced. */
  public Path target() {
    return target;
  }

  /** Writes the content to the disk and puts it in place. If that throws, the file is as it was. */
  public void write(byte[] content) {
    try {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
      Files.move(
          fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      placed = true;
    } catch (IOException e) {
      throw failure.of(target + ": cannot be written: " + why(e), e);
    }
  }

  /** Ends the change, be it made or not. */
  @Override
  public void close() {
    try {
      channel.close();
      if (!placed) {
        // Once placed, the name is free: what has it now is another's change.
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw failure.of(fresh + ": cannot be removed: " + e.getClass().getSimpleName(), e);
    }
  }
}
