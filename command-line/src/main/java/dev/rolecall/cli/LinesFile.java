package dev.rolecall.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A file with one thing a line, UTF-8. Empty lines, and those that begin with {@code #}, say
 * nothing.
 */
final class LinesFile {

  private static final long MAX_BYTES = 1 << 20;

  private LinesFile() {}

  /**
   * Reads each line.
   *
   * @param option what the user named the file with
   * @param reading reads one line; an IllegalArgumentException says what is wrong with it
   * @throws CommandFailure if the file cannot be read, holds nothing, or a line is wrong; it is
   *     said where
   */
  static <T> List<T> read(String option, Path file, Function<String, T> reading) {
    List<T> read = new ArrayList<>();
    List<String> lines = lines(option, file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      try {
        read.add(reading.apply(line));
      } catch (IllegalArgumentException e) {
        String place = file + ":" + (i + 1) + ":" + (lines.get(i).indexOf(line) + 1);
        throw new CommandFailure(place + ": " + e.getMessage(), e);
      }
    }
    if (read.isEmpty()) {
      throw new CommandFailure(
          option + ": " + file + ": nothing in it (expected: at least a line)");
    }
    return read;
  }

  private static List<String> lines(String option, Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new CommandFailure(option + ": " + file + ": too large (expected: at most 1 MiB)");
      }
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new CommandFailure(option + ": " + file + ": cannot be read", e);
    }
  }
}
