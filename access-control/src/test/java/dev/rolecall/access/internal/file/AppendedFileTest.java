package dev.rolecall.access.internal.file;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("attack")
final class AppendedFileTest {

  private static final int ROUNDS = 200;
  private static final int LINES = 20;

  @TempDir private Path folder;

  /** A rotation may come at any moment, between the open and the look at what was opened too. */
  @Test
  void line_afterRotationsAtAnyMoment_isInTheFileThatStandsThere() throws Exception {
    Path path = folder.resolve("audit.jsonl");
    for (int round = 0; round < ROUNDS; round++) {
      AppendedFile file = AppendedFile.open(path);
      AtomicBoolean over = new AtomicBoolean();
      CompletableFuture<Void> rotations =
          CompletableFuture.runAsync(() -> rotate(path, over), task -> new Thread(task).start());
      for (int i = 0; i < LINES; i++) {
        append(file, "line\n");
      }
      over.set(true);
      rotations.join();

      append(file, "last\n");
      file.close();

      assertThat(Files.readString(path)).as("round %s", round).endsWith("last\n");
      deleteAll();
    }
  }

  private static void append(AppendedFile file, String line) throws IOException {
    file.append(ByteBuffer.wrap(line.getBytes(US_ASCII)), false);
  }

  private void deleteAll() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  /** Each old file stays: the inode of one that is gone can be that of the next, in no time. */
  private static void rotate(Path path, AtomicBoolean over) {
    for (int number = 0; !over.get(); number++) {
      try {
        Files.move(path, path.resolveSibling("old" + number));
        Files.createFile(path);
      } catch (NoSuchFileException | FileAlreadyExistsException e) {
        // The other thread was quicker.
        Thread.onSpinWait();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
