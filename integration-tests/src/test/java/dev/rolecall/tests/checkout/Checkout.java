package dev.rolecall.tests.checkout;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The root of the checkout: the nearest folder above the working directory that has a README. */
public final class Checkout {

  private static final Path ROOT = root();

  private Checkout() {}

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(folder.resolve("README.md"))) {
      folder = requireNonNull(folder.getParent(), "a folder with a README.md");
    }
    return folder;
  }

  /** A file or folder, by its path from the root. */
  public static Path path(String path) {
    return ROOT.resolve(path);
  }

  /** The text of a file, by its path from the root. */
  public static String text(String path) {
    return text(path(path));
  }

  /** The text of a file. */
  public static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether there is such a file or folder, by its path from the root. */
  public static boolean has(String path) {
    return Files.exists(path(path));
  }

  /** The Java files of all modules' {@code src/main} or {@code src/test}. */
  public static List<Path> javaFiles(String sourceSet) {
    try (Stream<Path> modules = Files.list(ROOT)) {
      return modules
          .map(module -> module.resolve("src").resolve(sourceSet).resolve("java"))
          .filter(Files::isDirectory)
          .flatMap(Checkout::javaFilesBelow)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> javaFilesBelow(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
