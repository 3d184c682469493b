package dev.rolecall.tests.policies;

import static java.util.Objects.requireNonNull;

import dev.rolecall.tests.checkout.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A policy with one mistake that people make. Its first lines say what must be found.
 *
 * @param file the policy
 * @param text its text, with those lines
 * @param line the line of the mistake
 * @param column its column
 * @param right a text that the message has: what would be right
 * @param bySchema whether an editor with the schema underlines it too
 */
record SeededMistake(Path file, String text, int line, int column, String right, boolean bySchema) {

  private static final Pattern HEAD =
      Pattern.compile(
          """
          # The mistake: .+
          # Its place: (\\d+):(\\d+)
          # What is right: (.+)
          # Found by: checker( and schema)?
          """);

  /** All of them, in order. */
  static List<SeededMistake> all() {
    Path folder =
        Checkout.path("integration-tests/src/test/resources/dev/rolecall/tests/policies/mistakes");
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().map(SeededMistake::of).toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SeededMistake of(Path file) {
    try {
      String text = Files.readString(file);
      Matcher head = HEAD.matcher(text);
      if (!head.lookingAt()) {
        throw new AssertionError(file + ": its first lines do not say what must be found");
      }
      return new SeededMistake(
          file,
          text,
          Integer.parseInt(head.group(1)),
          Integer.parseInt(head.group(2)),
          requireNonNull(head.group(3)),
          head.group(4) != null);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return String.valueOf(file.getFileName());
  }
}
