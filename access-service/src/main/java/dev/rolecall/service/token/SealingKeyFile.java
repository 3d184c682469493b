package dev.rolecall.service.token;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.FileContent;
import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.identity.internal.Replacement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The file of the secret that seals private keys: 32 random bytes in base64. One who has it and the
 * store can sign tokens, so keep copies of the two apart.
 *
 * <p>The file is for its owner alone (0600). If it belongs to root, its group may read it too
 * (0640), as a mounted secret of Kubernetes needs. It is read once, at the start. On a file system
 * without POSIX permissions they are not checked.
 */
public final class SealingKeyFile implements KeySealing {

  /** The name of the file beside the data. */
  public static final String NAME = "sealing.key";

  private static final int MOST_BYTES = 1_024;
  private static final String HOW = "head -c 32 /dev/urandom | base64 > FILE; chmod 600 FILE";

  private final Path file;
  private final boolean maybeMade;
  private final SecureRandom random;
  private volatile @Nullable SealingSecret secret;

  private SealingKeyFile(Path file, boolean maybeMade, SecureRandom random) {
    this.file = requireNonNull(file, "file");
    this.maybeMade = maybeMade;
    this.random = requireNonNull(random, "random");
  }

  /**
   * A file that is there. For a store that several nodes share: each has the same file.
   *
   * @param random draws the nonces
   */
  public static SealingKeyFile given(Path file, SecureRandom random) {
    return new SealingKeyFile(file, false, random);
  }

  /**
   * The file {@value #NAME} in the folder of the data. It is made at the first start, and never
   * again: while the store has keys, a file that is missing is an error.
   *
   * @param random draws the secret and the nonces
   */
  public static SealingKeyFile besideData(Path folder, SecureRandom random) {
    return new SealingKeyFile(folder.resolve(NAME), true, random);
  }

  /** The file. */
  public Path path() {
    return file;
  }

  @Override
  public void open(boolean inUse) {
    if (Files.notExists(file)) {
      if (inUse || !maybeMade) {
        throw wrong(
            inUse ? "missing, and the store has keys that it sealed" : "no such file", inUse);
      }
      secret = make();
    } else {
      secret = read();
    }
  }

  private SealingSecret make() {
    byte[] bytes = new byte[SealingSecret.BYTES];
    random.nextBytes(bytes);
    byte[] text = Base64.getEncoder().encode(bytes);
    try (Replacement replacement =
        Replacement.of(file, (message, cause) -> new KeySealingException(message, false))) {
      if (Files.exists(file)) {
        throw wrong("made by another process just now", true);
      }
      replacement.write(text);
      return new SealingSecret(bytes, random);
    } finally {
      Arrays.fill(bytes, (byte) 0);
      Arrays.fill(text, (byte) 0);
    }
  }

  private SealingSecret read() {
    byte[] text = new byte[0];
    byte[] bytes = new byte[0];
    try {
      checkPermissions();
      text = FileContent.bytes(file, MOST_BYTES);
      bytes = decoded(text);
      if (bytes.length != SealingSecret.BYTES) {
        throw wrong("no key of " + SealingSecret.BYTES + " bytes in base64", false);
      }
      return new SealingSecret(bytes, random);
    } catch (IOException e) {
      throw new KeySealingException(
          name()
              + ": "
              + FileContent.unreadable("file", file, e)
              + " (expected: a file that this process may read)",
          false);
    } finally {
      Arrays.fill(text, (byte) 0);
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** The bytes that the text says; none if it is no base64. */
  private static byte[] decoded(byte[] text) {
    try {
      return Base64.getDecoder().decode(new String(text, US_ASCII).strip());
    } catch (IllegalArgumentException e) {
      // Its message quotes a character of the secret.
      return new byte[0];
    }
  }

  /** A link counts by the file it leads to. */
  private void checkPermissions() throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(file, PosixFileAttributeView.class, new LinkOption[0]);
    if (view == null) {
      return;
    }
    PosixFileAttributes attributes = view.readAttributes();
    if (!attributes.isRegularFile()) {
      throw wrong("it is not a file", false);
    }
    KeyFilePermissions.flaw(attributes.permissions(), attributes.owner().getName())
        .ifPresent(
            flaw -> {
              throw new KeySealingException(
                  name() + ": " + flaw + " (expected: 0600; next step: chmod 600)", false);
            });
  }

  private KeySealingException wrong(String what, boolean bringBack) {
    return new KeySealingException(
        name()
            + ": "
            + what
            + (bringBack
                ? " (expected: the file that was used before; next step: bring it back, or replace the keys at a start)"
                : " (expected: 32 random bytes in base64; next step: " + HOW + ")"),
        false);
  }

  private String name() {
    return "key file " + InvalidValue.printable(file.toString());
  }

  @Override
  public String seal(String kid, byte[] plain) {
    return opened().seal(kid, plain);
  }

  @Override
  public byte[] unseal(String kid, String sealed) {
    return opened().unseal(kid, sealed);
  }

  private SealingSecret opened() {
    SealingSecret opened = secret;
    if (opened == null) {
      throw new IllegalStateException("key file: not opened (expected: open is called first)");
    }
    return opened;
  }

  @Override
  public String toString() {
    return "SealingKeyFile[" + file + ", ****]";
  }
}
