package dev.rolecall.cli.input;

import static java.util.Objects.requireNonNull;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.failure.IoWords;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A file that a user names; {@code -} is standard input. At most 16 MiB are read, and a byte order
 * mark before text is ignored.
 */
public final class InputFile {

  private static final int MAX_BYTES = 16 << 20;
  private static final Path STANDARD_INPUT = Path.of("-");

  private final String option;
  private final Path file;

  private InputFile(String option, Path file) {
    this.option = option;
    this.file = file;
  }

  /**
   * The file that was given with that option.
   *
   * @param option what the user named it with; empty for an argument
   */
  public static InputFile of(String option, Path file) {
    return new InputFile(requireNonNull(option, "option"), requireNonNull(file, "file"));
  }

  /** What messages call it. */
  public String name() {
    return file.equals(STANDARD_INPUT) ? "standard input" : file.toString();
  }

  /** A failure that names the option and the file. */
  public CommandFailure wrong(String what) {
    return new CommandFailure(worded(what));
  }

  /** The same, for what was thrown. */
  public CommandFailure wrong(String what, Throwable cause) {
    return new CommandFailure(worded(what), cause);
  }

  private String worded(String what) {
    return (option.isEmpty() ? "" : option + ": ") + name() + ": " + what;
  }

  /**
   * Its bytes.
   *
   * @throws CommandFailure if it cannot be read or is larger than 16 MiB
   */
  public byte[] bytes() {
    return bytes(MAX_BYTES);
  }

  /**
   * Its bytes, {@code max} of them at most.
   *
   * @throws CommandFailure if it cannot be read or is larger
   */
  public byte[] bytes(int max) {
    byte[] read = upTo(max + 1);
    if (read.length > max) {
      throw wrong("too large (expected: at most " + max + " bytes)");
    }
    return read;
  }

  private byte[] upTo(int bytes) {
    if (Files.isDirectory(file)) {
      throw wrong("a folder (expected: a file)");
    }
    try (InputStream in = opened()) {
      return in.readNBytes(bytes);
    } catch (IOException e) {
      throw wrong("cannot be read: " + IoWords.why(e), e);
    }
  }

  /** Uses the stream of a whole file. */
  @FunctionalInterface
  public interface Use {
    /** Reads the stream, which is closed by the one who opened it. */
    void of(InputStream in) throws IOException;
  }

  /**
   * Has the whole of it read as a stream, of whatever size it is.
   *
   * @throws CommandFailure if it cannot be read
   */
  public void stream(Use use) {
    if (Files.isDirectory(file)) {
      throw wrong("a folder (expected: a file)");
    }
    try (InputStream in = opened()) {
      use.of(in);
    } catch (IOException e) {
      throw wrong("cannot be read: " + IoWords.why(e), e);
    }
  }

  private InputStream opened() throws IOException {
    return file.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(file);
  }

  /**
   * Its text, at most {@code max} bytes of UTF-8.
   *
   * @throws CommandFailure if it cannot be read, is larger, or is other than UTF-8
   */
  public String text(int max) {
    byte[] bytes = withoutMark(bytes(max));
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw wrong("not UTF-8 text (expected: UTF-8)", e);
    }
  }

  /** The bytes after a byte order mark of UTF-8, where there is one. */
  static byte[] withoutMark(byte[] bytes) {
    boolean isMarked =
        bytes.length >= 3
            && bytes[0] == (byte) 0xef
            && bytes[1] == (byte) 0xbb
            && bytes[2] == (byte) 0xbf;
    return isMarked ? Arrays.copyOfRange(bytes, 3, bytes.length) : bytes;
  }
}
