package dev.rolecall.tokencredentials.internal;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small file with one secret in it. */
public final class SecretFile {

  private static final long MOST_BYTES = 65_536;
  private static final String RULE = "a file with one secret in it, at most 64 KiB of UTF-8";

  private SecretFile() {}

  /** The text in the file, without the white space around it. */
  public static String read(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new UnusableFileException(file, "larger than 64 KiB", RULE);
    }
    String text;
    try {
      text = Files.readString(file).strip();
    } catch (CharacterCodingException e) {
      throw new UnusableFileException(file, "not UTF-8", RULE);
    }
    if (text.isEmpty()) {
      throw new UnusableFileException(file, "empty", RULE);
    }
    return text;
  }
}
