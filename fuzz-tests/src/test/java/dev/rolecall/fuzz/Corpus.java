package dev.rolecall.fuzz;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The inputs in the repository: a folder for each target, a file for each input. */
final class Corpus {

  private Corpus() {}

  static Path folder(FuzzTarget target) {
    try {
      return Path.of(
          requireNonNull(Corpus.class.getResource("corpus/" + target.folder()), target.folder())
              .toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Every input of a target. */
  static List<Path> inputs(FuzzTarget target) {
    try (Stream<Path> files = Files.list(folder(target))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] bytes(Path input) {
    try {
      return Files.readAllBytes(input);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
