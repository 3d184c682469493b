package dev.rolecall.access.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of an audit file, as tests look at it.
 *
 * @param sequence its number; 0 where it has none
 * @param decision its word for the decision
 * @param method its method; empty for a line about the trail itself
 */
record WrittenLine(long sequence, String decision, String method, String text) {

  private static final Pattern SEQUENCE = Pattern.compile("\"metadata\":\\{\"sequence\":([0-9]+)");
  private static final Pattern DECISION = Pattern.compile("\"decision\":\"([a-z_]+)\"");
  private static final Pattern METHOD = Pattern.compile("\"method\":\"([^\"]+)\"");

  static WrittenLine of(String text) {
    String sequence = in(text, SEQUENCE);
    return new WrittenLine(
        sequence.isEmpty() ? 0 : Long.parseLong(sequence),
        in(text, DECISION),
        in(text, METHOD),
        text);
  }

  private static String in(String text, Pattern pattern) {
    Matcher found = pattern.matcher(text);
    return found.find() ? found.group(1) : "";
  }

  /** The lines of the file; none if it does not exist. */
  static List<WrittenLine> in(Path file) {
    try {
      return Files.exists(file)
          ? Files.readAllLines(file).stream().map(WrittenLine::of).toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The number and the word, and the method where there is one: {@code 2 refused a.B/C}. */
  String brief() {
    return (sequence + " " + decision + " " + method).strip();
  }

  /** {@link #brief} of each line of the file. */
  static List<String> briefs(Path file) {
    return in(file).stream().map(WrittenLine::brief).toList();
  }
}
