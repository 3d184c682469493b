package dev.rolecall.grants.internal.feed;

import static java.util.Objects.requireNonNull;

import dev.rolecall.grants.internal.known.Changes;
import dev.rolecall.grants.internal.known.Position;
import dev.rolecall.identity.internal.Replacement;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A file of grants for one server: mode 0600, replaced as a whole, with a digest over its content.
 * A file that is damaged, or that others may write, is told of in the log and ignored. For one
 * thread at a time. Blocks.
 *
 * <p>This is the one place where the wall clock counts: nothing else outlasts a process. A clock
 * that was set back between makes the file look younger by as much; one that shows a time before
 * the file's makes it void.
 */
final class GrantsFile {

  private static final long MOST_BYTES = 256L << 20;

  private final Path path;
  private final Owner owner;

  /**
   * The circumstances of a content.
   *
   * @param permissions the permissions of which all grants are there
   * @param position the place in the service's history
   * @param serviceMillis the service's time
   * @param writtenAt the wall clock at that time
   */
  record Content(
      Set<String> permissions, Position position, long serviceMillis, Instant writtenAt) {}

  /** Tells the owner of a file. */
  @FunctionalInterface
  interface Owner {
    UserPrincipal of(Path file) throws IOException;
  }

  GrantsFile(Path path) {
    this(path, file -> Files.getOwner(file, LinkOption.NOFOLLOW_LINKS));
  }

  /** A file whose owner is told by that. */
  GrantsFile(Path path, Owner owner) {
    this.path = path;
    this.owner = owner;
  }

  /** The content, if it can be relied on at that moment. */
  Optional<KeptGrants.Found> read(Instant now) {
    try {
      Optional<String> flaw = flaw();
      if (flaw.isPresent()) {
        return ignored(flaw.get());
      }
      Instant confirmed = Files.getLastModifiedTime(path).toInstant();
      Duration age = Duration.between(confirmed, now);
      if (age.isNegative()) {
        return ignored("it is of the future (expected: a clock that was not set back)");
      }
      Optional<GrantsFileText.Kept> kept =
          GrantsFileText.read(new ByteArrayInputStream(Files.readAllBytes(path)));
      return kept.isEmpty()
          ? ignored("it is damaged, or of another version")
          : Optional.of(
              new KeptGrants.Found(kept.get().at(confirmed), kept.get().permissions(), age));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      return ignored("it cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private Optional<String> flaw() throws IOException {
    if (Files.size(path) > MOST_BYTES) {
      return Optional.of("it is too large");
    }
    if (!Files.getFileStore(path).supportsFileAttributeView("posix")) {
      return Optional.empty();
    }
    Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(path));
    others.remove(PosixFilePermission.OWNER_READ);
    others.remove(PosixFilePermission.OWNER_WRITE);
    if (!others.isEmpty()) {
      return Optional.of("others may use it (expected: mode 0600)");
    }
    return isMine()
        ? Optional.empty()
        : Optional.of("another user owns it (expected: the user of this process)");
  }

  /**
   * Whether this process's user owns it, as a file made beside it shows. A root user could read one
   * that another had planted. Where no file can be made, none is taken.
   */
  private boolean isMine() throws IOException {
    Path folder = requireNonNull(path.toAbsolutePath().getParent(), "folder");
    Path probe = Files.createTempFile(folder, ".owner", null);
    try {
      return owner.of(path).equals(owner.of(probe));
    } finally {
      Files.delete(probe);
    }
  }

  private Optional<KeptGrants.Found> ignored(String why) {
    FeedLog.file("the file of grants " + path + " is ignored: " + why);
    return Optional.empty();
  }

  /** Replaces the file; false if that failed, which the log tells. */
  boolean write(Content content, Changes known) {
    try {
      // One server has one file: what is there of a replacement was cut off by the end of a
      // process.
      Replacement.removeLeft(path);
      try (Replacement fresh = Replacement.of(path, IllegalStateException::new)) {
        fresh.write(GrantsFileText.write(content, known));
      }
      return confirm(content.writtenAt());
    } catch (IOException | IllegalStateException e) {
      FeedLog.file("the grants could not be kept: " + e.getMessage());
      return false;
    }
  }

  /** The content is still true at that moment; false if that could not be noted. */
  boolean confirm(Instant at) {
    try {
      Files.setLastModifiedTime(path, FileTime.from(at));
      return true;
    } catch (IOException e) {
      FeedLog.file("the grants could not be kept: " + path + ": " + e.getClass().getSimpleName());
      return false;
    }
  }
}
