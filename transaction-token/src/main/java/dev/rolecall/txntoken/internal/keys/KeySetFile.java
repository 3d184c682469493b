package dev.rolecall.txntoken.internal.keys;

import dev.rolecall.identity.internal.FileContent;
import dev.rolecall.identity.internal.FollowedValue;
import dev.rolecall.jwt.key.KeySet;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;

/** The keys in a file, which follow it. Content that is no key set leaves the last good keys. */
public final class KeySetFile {

  private static final System.Logger LOG = System.getLogger("rolecall.txntoken");

  private final FollowedValue<KeySet> keys;

  /**
   * The keys of the file. Blocks on it.
   *
   * @throws IllegalArgumentException if it is no key set with a usable key
   */
  public KeySetFile(Path file) {
    this.keys = new FollowedValue<>(() -> found(file), IllegalArgumentException.class);
  }

  private static FollowedValue.Content<KeySet> found(Path file) {
    try {
      byte[] bytes = FileContent.bytes(file, KeySet.MAX_BYTES);
      return FollowedValue.Content.of(bytes, before -> read(file, bytes));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          file + ": " + FileContent.unreadable("file", file, e) + " (expected: a JSON Web Key Set)",
          e);
    }
  }

  private static KeySet read(Path file, byte[] bytes) {
    return KeySet.parse(bytes)
        .fold(
            set -> {
              if (set.isEmpty()) {
                throw new IllegalArgumentException(
                    file + ": no usable key (expected: a key of ES256, RS256 or EdDSA)");
              }
              return set;
            },
            flaw -> {
              throw new IllegalArgumentException(
                  file + ": " + flaw.words() + " (expected: a JSON Web Key Set)");
            });
  }

  /** The keys in force. */
  public KeySet get() {
    return keys.get();
  }

  /** Checks the file. Blocks on it. */
  public void look() {
    keys.look(
        (before, next) ->
            LOG.log(Level.INFO, "{0} keys of transaction tokens loaded", next.keys().size()),
        flaw ->
            LOG.log(
                Level.WARNING,
                "keys of transaction tokens rejected, the last good keys stay in force: {0}",
                flaw.getMessage()));
  }
}
