package dev.rolecall.apikeys;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.ApiClient;
import dev.rolecall.identity.internal.FileContent;
import dev.rolecall.identity.internal.Replacement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A file of API keys, for those who issue and withdraw them. Each change writes the whole file
 * anew, for its owner alone (0600), and then renames it into place: a reader sees the old keys or
 * the new ones. Changes by several processes follow one another or fail.
 *
 * <p>Safe for use by many threads. Every method blocks on the file.
 */
public final class KeyFile {

  /** How many live keys a client may have: enough for rotation, the new key and the old. */
  public static final int MOST_LIVE = 2;

  private final Path path;

  private KeyFile(Path path) {
    this.path = requireNonNull(path, "path");
  }

  /** The file at that path. It need not be there until it is read. */
  public static KeyFile at(Path path) {
    return new KeyFile(path);
  }

  /**
   * The keys, in the order of the file.
   *
   * @param now the time, for the limit of two live keys a client
   * @throws KeyFileException if the file cannot be read or is no file of API keys
   */
  public List<StoredKey> read(Instant now) {
    return read(bytes(), now);
  }

  /** The keys of that content of it. */
  List<StoredKey> read(byte[] content, Instant now) {
    return KeyFileText.read(path.toString(), content, now);
  }

  /** The file's bytes, one more than is allowed at most. */
  byte[] bytes() {
    try {
      return FileContent.bytes(path, KeyFileText.MOST_BYTES);
    } catch (IOException e) {
      throw new KeyFileException(path + ": " + FileContent.unreadable("file", path, e), e);
    }
  }

  /**
   * Makes a key and stores its hash; the file is made where there is none. The key itself is stored
   * nowhere: show it once.
   *
   * @param now the time of its making; seconds count
   * @param notAfter its last instant: later than {@code now}, by at most 366 days
   * @param random draws it
   * @return the key; empty if the client has two live ones already
   * @throws IllegalArgumentException if {@code notAfter} breaks its bound
   * @throws KeyFileException if the file cannot be changed
   */
  public Optional<ApiKey> issue(
      ApiClient client, Instant now, Instant notAfter, SecureRandom random) {
    ApiKey key = ApiKey.random(ApiKeyId.random(random), random);
    StoredKey stored =
        new StoredKey(
            key.id(),
            requireNonNull(client, "client"),
            now.truncatedTo(ChronoUnit.SECONDS),
            notAfter.truncatedTo(ChronoUnit.SECONDS),
            false,
            key.hash());
    return change(
        true,
        keys -> {
          long live =
              keys.stream()
                  .filter(each -> each.client().equals(client) && KeyRules.isLive(each, now))
                  .count();
          if (live >= MOST_LIVE) {
            return Optional.empty();
          }
          keys.add(stored);
          return Optional.of(key);
        },
        now);
  }

  /**
   * Disables the key of that id. Servers that follow the file refuse it, and end its live calls.
   *
   * @param now the time, for the limit of two live keys a client
   * @return the key as it is now; empty if the file has none of that id
   * @throws KeyFileException if the file cannot be changed
   */
  public Optional<StoredKey> disable(ApiKeyId id, Instant now) {
    requireNonNull(id, "id");
    return change(
        false,
        keys -> {
          for (int i = 0; i < keys.size(); i++) {
            if (keys.get(i).id().equals(id)) {
              keys.set(i, keys.get(i).asDisabled());
              return Optional.of(keys.get(i));
            }
          }
          return Optional.empty();
        },
        now);
  }

  /** Changes the keys; a file that is not there has none, if it may begin so. */
  private <T> T change(boolean mayBegin, Function<List<StoredKey>, T> edit, Instant now) {
    try (Replacement replacement = Replacement.of(path, KeyFileException::new)) {
      boolean begins = mayBegin && !Files.exists(replacement.target());
      List<StoredKey> keys = new ArrayList<>(begins ? List.of() : read(now));
      List<StoredKey> before = List.copyOf(keys);
      T result = edit.apply(keys);
      if (!keys.equals(before)) {
        replacement.write(KeyFileText.of(keys));
      }
      return result;
    }
  }
}
