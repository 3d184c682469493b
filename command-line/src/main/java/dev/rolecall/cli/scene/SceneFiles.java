package dev.rolecall.cli.scene;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folder of a scene's files: its policy, its keys, its authority. Deleted at the end. */
public final class SceneFiles implements AutoCloseable {

  private final Path folder;

  /** Makes the folder, for its owner alone. */
  public SceneFiles() throws IOException {
    folder = Files.createTempDirectory("rolecall-demo");
  }

  /** The file of that name, which need not be there. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  /** Writes the file of that name. */
  public Path write(String name, String text) throws IOException {
    return Files.writeString(file(name), text);
  }

  @Override
  public void close() throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      Files.deleteIfExists(each);
    }
  }
}
