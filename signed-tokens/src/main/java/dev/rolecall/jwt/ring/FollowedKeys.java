package dev.rolecall.jwt.ring;

import dev.rolecall.identity.internal.FollowedValue;
import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.jwt.key.SigningKey;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.Set;

/**
 * The keys of a file in force. A file that is none leaves the last good keys in force; that is
 * logged once for each content. Thread-safe.
 */
final class FollowedKeys implements KeysInForce {

  private static final Logger LOG = System.getLogger("rolecall.keys");

  private final FollowedValue<Turn> followed;
  private volatile Runnable stop = () -> {};

  /** The keys of one content of the file. No record: it holds a secret. */
  private static final class Turn {
    final SigningKey current;
    final KeySet published;

    Turn(StoredRing ring) {
      this.current = ring.current().key();
      this.published = ring.published();
    }
  }

  /**
   * The keys of the file, in force from the start. Blocks on the file.
   *
   * @throws KeyRingFileException if it is no key ring
   */
  FollowedKeys(KeyRingFile file) {
    SecureRandom random = new SecureRandom();
    this.followed = new FollowedValue<>(() -> found(file, random), KeyRingFileException.class);
    warnOfReaders(file.path());
    logLoaded(followed.get());
  }

  /** The same, which that ends. */
  FollowedKeys followedBy(Runnable stop) {
    this.stop = stop;
    return this;
  }

  @Override
  public SigningKey current() {
    return followed.get().current;
  }

  @Override
  public KeySet published() {
    return followed.get().published;
  }

  /** Checks the file. Blocks on it. */
  void look() {
    followed.look((before, turn) -> logLoaded(turn), FollowedKeys::rejected);
  }

  private static FollowedValue.Content<Turn> found(KeyRingFile file, SecureRandom random) {
    byte[] content = file.bytes();
    return FollowedValue.Content.of(content, before -> new Turn(file.read(content, random)));
  }

  private static void rejected(RuntimeException flaw) {
    LOG.log(
        Level.WARNING,
        "key ring rejected, the last good keys stay in force: {0}",
        flaw.getMessage());
  }

  private static void logLoaded(Turn turn) {
    LOG.log(
        Level.INFO,
        "key ring loaded, signing with key {0} of {1}",
        turn.current.kid(),
        turn.published.keys().size());
  }

  private static void warnOfReaders(Path path) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
      if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
        LOG.log(
            Level.WARNING,
            "{0}: every user of this machine can read the keys (expected: mode 0600 or 0640)",
            path);
      }
    } catch (IOException | UnsupportedOperationException e) {
      // A file system without such permissions has nothing to warn of.
      return;
    }
  }

  @Override
  public void close() {
    stop.run();
  }
}
