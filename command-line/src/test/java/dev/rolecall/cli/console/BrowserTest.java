package dev.rolecall.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The opening of a browser: with a file, and never with the link itself. */
final class BrowserTest {

  private static final Path FILE = Path.of("/tmp/x.html");

  @ParameterizedTest
  @CsvSource({
    "Mac OS X, NONE, open",
    "Windows 11, NONE, rundll32",
    "Linux, DISPLAY, xdg-open",
    "Linux, WAYLAND_DISPLAY, xdg-open"
  })
  void desktop_opensAFileByItsOwnCommand(String system, String variable, String command) {
    List<String> words = new Browser(system, Map.of(variable, ":0")).command(FILE).orElseThrow();

    assertThat(words).startsWith(command).endsWith(FILE.toString());
  }

  @Test
  void shellWithoutADisplay_opensNothing() {
    assertThat(new Browser("Linux", Map.of()).open(FILE)).contains("this shell has no display");
  }

  @Tag("attack")
  @Test
  void linkFile_isItsOwnersAloneAndGoesAway() throws Exception {
    Path written;
    try (LinkFile file = LinkFile.to("http://127.0.0.1:1/#code=abc")) {
      written = file.file();
      assertThat(written).content().contains("url=http://127.0.0.1:1/#code=abc\"");
      assumeTrue(
          written.getFileSystem().supportedFileAttributeViews().contains("posix"),
          "this file system has no modes");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(written)))
          .isEqualTo("rw-------");
    }
    assertThat(written).doesNotExist();
  }
}
