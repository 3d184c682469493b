package dev.rolecall.apikeys;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The text of a file of API keys: a header, then a key a line, in ASCII. Each line ends with a line
 * feed, so that a file that was cut off within a line is found out.
 */
final class KeyFileText {

  /** The largest text, in bytes: some 4,000 keys. */
  static final int MOST_BYTES = 1 << 20;

  private static final char FIRST_PRINTABLE = ' ';
  private static final char LAST_PRINTABLE = '~';

  private KeyFileText() {}

  /** The text of those keys. */
  static byte[] of(List<StoredKey> keys) {
    StringBuilder text = new StringBuilder(KeyLine.HEADER).append('\n');
    keys.forEach(key -> text.append(KeyLine.of(key)).append('\n'));
    return text.toString().getBytes(US_ASCII);
  }

  /**
   * The keys of that text, in their order.
   *
   * @param source the name of the text in messages
   * @param now the time, for the limit on live keys
   * @throws KeyFileException if it is no file of API keys
   */
  static List<StoredKey> read(String source, byte[] content, Instant now) {
    if (content.length > MOST_BYTES) {
      throw new KeyFileException(
          source + ": too large (expected: at most " + MOST_BYTES + " bytes)");
    }
    List<String> lines = lines(source, content);
    if (lines.isEmpty() || !lines.get(0).equals(KeyLine.HEADER)) {
      throw at(source, 1, "not a file of API keys (expected: first " + KeyLine.HEADER + ")");
    }
    List<StoredKey> keys = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      try {
        keys.add(KeyLine.read(lines.get(i)));
      } catch (IllegalArgumentException e) {
        throw at(source, i + 1, String.valueOf(e.getMessage()));
      }
    }
    KeyRules.breach(keys, now)
        .ifPresent(
            breach -> {
              throw at(source, breach.line() + 2, breach.words());
            });
    return List.copyOf(keys);
  }

  private static List<String> lines(String source, byte[] content) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < content.length; i++) {
      if (content[i] == '\n') {
        lines.add(new String(content, start, i - start, US_ASCII));
        start = i + 1;
      } else if (content[i] < FIRST_PRINTABLE || content[i] > LAST_PRINTABLE) {
        throw at(
            source,
            lines.size() + 1,
            "a byte that is no printable ASCII (expected: lines that end with a line feed alone)");
      }
    }
    if (start != content.length) {
      throw at(source, lines.size() + 1, "cut off (expected: a line feed at its end)");
    }
    return lines;
  }

  private static KeyFileException at(String source, int line, String what) {
    return new KeyFileException(source + ":" + line + ": " + what);
  }
}
