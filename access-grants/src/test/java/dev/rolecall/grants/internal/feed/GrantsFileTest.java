package dev.rolecall.grants.internal.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.grants.internal.known.Changes;
import dev.rolecall.grants.internal.known.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The owner of a file of grants. */
final class GrantsFileTest {

  private static final Instant NOW = Instant.parse("2026-11-21T22:18:45Z");

  @TempDir Path folder;

  private record User(String getName) implements UserPrincipal {
    @Override
    public String getName() {
      return getName;
    }
  }

  private Path written() {
    Path file = folder.resolve("grants");
    boolean done =
        new GrantsFile(file)
            .write(
                new GrantsFile.Content(
                    Set.of("orders-admin"), new Position("e", 1), NOW.toEpochMilli(), NOW),
                new Changes(List.of(), List.of(), Optional.empty()));
    assertThat(done).isTrue();
    return file;
  }

  private void assertNothingBeside(Path file) throws IOException {
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void file_ofThisProcessesUser_isRead() throws IOException {
    Path file = written();

    assertThat(new GrantsFile(file).read(NOW)).isPresent();
    assertNothingBeside(file);
  }

  @Test
  void file_thatAnotherUserOwns_isIgnored() throws IOException {
    Path file = written();
    GrantsFile planted =
        new GrantsFile(file, each -> new User(each.equals(file) ? "mallory" : "root"));

    assertThat(planted.read(NOW)).isEmpty();
    assertNothingBeside(file);
  }
}
