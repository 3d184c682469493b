package dev.rolecall.identity.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The content of a settings file, up to a bound, and the words for a file that has none. */
public final class FileContent {

  private FileContent() {}

  /**
   * The file's bytes, one more than is allowed at most. Blocks on the file.
   *
   * @param most the number of bytes that is allowed
   */
  public static byte[] bytes(Path file, int most) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(most + 1);
    }
  }

  /** A fingerprint of the content, as {@link ContentWatch} compares them: its SHA-256. */
  public static String fingerprint(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /**
   * The problem with a file or folder that cannot be read, in words.
   *
   * @param what {@code file} or {@code folder}
   */
  public static String unreadable(String what, Path file, IOException e) {
    String why =
        e instanceof NoSuchFileException
            ? "no such " + what
            : e instanceof AccessDeniedException
                ? "no permission"
                : what.equals("file") && Files.isDirectory(file)
                    ? "it is a folder"
                    : e.getClass().getSimpleName();
    return "the " + what + " cannot be read: " + why;
  }
}
