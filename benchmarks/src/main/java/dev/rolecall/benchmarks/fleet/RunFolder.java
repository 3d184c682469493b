package dev.rolecall.benchmarks.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A temporary folder for the files of one run. Closing deletes it with all that is in it. */
public final class RunFolder implements AutoCloseable {

  private final Path folder;

  private RunFolder(Path folder) {
    this.folder = folder;
  }

  /** Makes one that is empty. */
  public static RunFolder make() throws IOException {
    return new RunFolder(Files.createTempDirectory("rolecall-benchmarks"));
  }

  /** The place of a file of that name, whether or not there is one yet. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  @Override
  public void close() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
