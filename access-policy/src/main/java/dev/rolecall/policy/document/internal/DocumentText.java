package dev.rolecall.policy.document.internal;

import dev.rolecall.identity.internal.FileContent;
import dev.rolecall.policy.Place;
import dev.rolecall.policy.Position;
import dev.rolecall.policy.internal.Printable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads the structure of a policy, or of a file like one: size, encoding, characters, then YAML or
 * JSON. Each step is taken only when the one before found nothing wrong; the last one reports all
 * that it finds.
 */
public final class DocumentText {

  /** The largest text, in bytes. */
  private static final int MAX_BYTES = 1 << 20;

  /** The byte order mark, U+FEFF, as UTF-8 writes it. */
  private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private DocumentText() {}

  /** The file's bytes, one more than is allowed at most. */
  public static byte[] bytes(Path file) throws IOException {
    return FileContent.bytes(file, MAX_BYTES);
  }

  /**
   * The problem with a file or folder that cannot be read, in words.
   *
   * @param what {@code file} or {@code folder}
   */
  public static String unreadable(String what, Path file, IOException e) {
    return FileContent.unreadable(what, file, e);
  }

  /** The problem with a text that cannot be fetched, in words without the exception's own. */
  public static String unfetched(Exception e) {
    return "the policy cannot be fetched: " + e.getClass().getSimpleName();
  }

  /**
   * The text's structure; empty if there is none, in which case the problem has been reported.
   *
   * @param what the kind of text, as a message says it
   * @param source the name of the text in places
   */
  public static Optional<Node> structure(
      String what, String source, byte[] content, Remarks remarks) {
    return text(source, content, remarks)
        .flatMap(text -> YamlText.read(what, source, text, remarks));
  }

  private static Optional<String> text(String source, byte[] content, Remarks remarks) {
    if (content.length > MAX_BYTES) {
      remarks.problem(
          Place.startOf(source),
          ProblemCode.TOO_LARGE,
          "the file is too large (expected: at most " + MAX_BYTES + " bytes)");
      return Optional.empty();
    }
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer characters = CharBuffer.allocate(content.length);
    int from = startsWithMark(content) ? MARK.length : 0;
    if (decoder
        .decode(ByteBuffer.wrap(content, from, content.length - from), characters, true)
        .isError()) {
      remarks.problem(
          new Place(source, after(characters.flip())),
          ProblemCode.NOT_UTF8,
          "a byte that is not UTF-8 (expected: UTF-8 text)");
      return Optional.empty();
    }
    return printable(source, characters.flip().toString(), remarks);
  }

  /** Some editors write it before UTF-8; it says nothing. */
  private static boolean startsWithMark(byte[] content) {
    return content.length >= MARK.length
        && Arrays.equals(content, 0, MARK.length, MARK, 0, MARK.length);
  }

  private static Optional<String> printable(String source, String text, Remarks remarks) {
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int character = text.codePointAt(i);
      if (!StreamReader.isPrintable(character)) {
        remarks.problem(
            new Place(source, after(text.substring(0, i))),
            ProblemCode.UNPRINTABLE,
            "character "
                + Printable.quoted(Character.toString(character))
                + " (expected: printable characters)");
        return Optional.empty();
      }
    }
    return Optional.of(text);
  }

  /** The place after {@code text}, if that is how the whole text begins. */
  private static Position after(CharSequence text) {
    int line = 1;
    int column = 1;
    int[] characters = text.codePoints().toArray();
    for (int i = 0; i < characters.length; i++) {
      boolean pairs =
          characters[i] == '\r' && i + 1 < characters.length && characters[i + 1] == '\n';
      if ((characters[i] == '\n' || characters[i] == '\r') && !pairs) {
        line++;
        column = 1;
      } else {
        column++;
      }
    }
    return new Position(line, column);
  }
}
