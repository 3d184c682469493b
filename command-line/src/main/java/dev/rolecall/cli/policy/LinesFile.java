package dev.rolecall.cli.policy;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.input.InputFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A file of lines, UTF-8, with one value a line. Empty lines, and those that begin with {@code #},
 * are ignored.
 */
final class LinesFile {

  private static final int MAX_BYTES = 1 << 20;

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
    InputFile input = InputFile.of(option, file);
    List<String> lines = input.text(MAX_BYTES).lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      try {
        read.add(reading.apply(line));
      } catch (IllegalArgumentException e) {
        String place = input.name() + ":" + (i + 1) + ":" + (lines.get(i).indexOf(line) + 1);
        throw new CommandFailure(place + ": " + e.getMessage(), e);
      }
    }
    if (read.isEmpty()) {
      throw input.wrong("nothing in it (expected: at least a line)");
    }
    return read;
  }
}
