package dev.rolecall.jwt.ring;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.FileContent;
import dev.rolecall.identity.internal.Replacement;
import dev.rolecall.jwt.key.Algorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The file of a key ring, for those who make and rotate it. Each change writes the whole file anew,
 * for its owner alone (0600), and then renames it into place.
 *
 * <p>A rotation makes the next key the current one, which signs, and keeps the one before
 * published. Between two rotations lie at least {@link #SHORTEST_PERIOD}: by then every verifier
 * that reads the key set once an hour knows the next key, and the last token of the previous one
 * has lapsed.
 *
 * <p>Safe for use by many threads. Every method blocks on the file.
 */
public final class KeyRingFile {

  /** The shortest time between two rotations: 2 hours. */
  public static final Duration SHORTEST_PERIOD = Duration.ofHours(2);

  private final Path path;

  private KeyRingFile(Path path) {
    this.path = requireNonNull(path, "path");
  }

  /** The file at that path. It need not be there until it is read. */
  public static KeyRingFile at(Path path) {
    return new KeyRingFile(path);
  }

  /** The path. */
  public Path path() {
    return path;
  }

  /** Whether there is a file, good or not. */
  public boolean exists() {
    return Files.exists(path);
  }

  /**
   * Makes the file, with new keys.
   *
   * @param algorithm {@link Algorithm#RS256}, which verifiers check at the least cost, or {@link
   *     Algorithm#ES256}
   * @return the ids of the keys to publish
   * @throws IllegalArgumentException if the algorithm is another
   * @throws KeyRingFileException if there is a file already, or it cannot be written
   */
  public List<String> create(Algorithm algorithm, Instant now, SecureRandom random) {
    if (!KeyRingText.ALGORITHMS.contains(algorithm)) {
      throw new IllegalArgumentException("algorithm: " + algorithm + " (expected: RS256 or ES256)");
    }
    StoredRing made = StoredRing.generate(algorithm, now, random);
    try (Replacement replacement = Replacement.of(path, KeyRingFileException::new)) {
      if (exists()) {
        throw new KeyRingFileException(path + ": there already (expected: none)");
      }
      replacement.write(KeyRingText.of(made));
    }
    return ids(made);
  }

  /**
   * Rotates: the next key signs from now on, and there is a new next one.
   *
   * @return the ids of the keys to publish: previous, current, next
   * @throws KeyRingFileException if the last rotation is too recent, or the file cannot be changed
   */
  public List<String> rotate(Instant now, SecureRandom random) {
    try (Replacement replacement = Replacement.of(path, KeyRingFileException::new)) {
      StoredRing before = read(random);
      Instant earliest = before.rotated().plus(SHORTEST_PERIOD);
      if (now.isBefore(earliest)) {
        throw new KeyRingFileException(
            path
                + ": rotated at "
                + before.rotated()
                + " (expected: not before "
                + earliest
                + ", so that verifiers know the next key)");
      }
      StoredRing after = before.turned(now, random);
      replacement.write(KeyRingText.of(after));
      return ids(after);
    }
  }

  /**
   * Replaces every key at once, such as after a theft. Tokens of the old keys are refused as soon
   * as a verifier has read the new ones.
   *
   * @return the ids of the keys to publish
   * @throws KeyRingFileException if the file is no key ring, or cannot be changed
   */
  public List<String> replaceAllKeysAndRefuseTheirTokens(Instant now, SecureRandom random) {
    try (Replacement replacement = Replacement.of(path, KeyRingFileException::new)) {
      StoredRing after = StoredRing.generate(read(random).algorithm(), now, random);
      replacement.write(KeyRingText.of(after));
      return ids(after);
    }
  }

  /** The ring that the file has now. */
  StoredRing read(SecureRandom random) {
    return read(bytes(), random);
  }

  /** The ring of that content of it. */
  StoredRing read(byte[] content, SecureRandom random) {
    return KeyRingText.read(path.toString(), content, random);
  }

  /** The file's bytes, one more than is allowed at most. */
  byte[] bytes() {
    try {
      return FileContent.bytes(path, KeyRingText.MOST_BYTES);
    } catch (IOException e) {
      throw new KeyRingFileException(path + ": " + FileContent.unreadable("file", path, e), e);
    }
  }

  private static List<String> ids(StoredRing ring) {
    return ring.published().keys().stream()
        .map(key -> key.kid())
        .flatMap(Optional::stream)
        .toList();
  }
}
