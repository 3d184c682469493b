package dev.rolecall.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The judge that every target asks about every input. Plain, because a fuzzer asks it a hundred
 * thousand times a second.
 */
final class Oracle {

  private static final int LONGEST_MESSAGE = 2_000;

  private Oracle() {}

  /** The input as text; bytes that are no UTF-8 become one character that no format has. */
  static String text(byte[] input) {
    return new String(input, UTF_8);
  }

  static void holds(boolean fact, String what) {
    if (!fact) {
      throw new AssertionError(what);
    }
  }

  static void same(@Nullable Object actual, @Nullable Object expected, String what) {
    if (!Objects.equals(actual, expected)) {
      throw new AssertionError(what + ": " + actual + " (expected: " + expected + ")");
    }
  }

  /** The value; empty if it was refused, in one short line that is safe to log. */
  static <T> Optional<T> parsed(Supplier<T> parse) {
    try {
      return Optional.of(parse.get());
    } catch (IllegalArgumentException e) {
      isOneSafeLine(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  static void isOneSafeLine(String message) {
    holds(message.length() <= LONGEST_MESSAGE, "the message is short");
    holds(
        message.chars().allMatch(c -> c >= 0x20 && c < 0x7f),
        "the message is one line of printable ASCII");
  }
}
