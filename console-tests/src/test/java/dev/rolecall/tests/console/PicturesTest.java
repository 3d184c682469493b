package dev.rolecall.tests.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.testsupport.ServedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The pictures of docs/console.md, taken of {@code console --demo}. They go to {@code
 * target/pictures}, or with {@code -Drolecall.pictures} to the folder that it names.
 */
@Timeout(480)
final class PicturesTest {

  @RegisterExtension static final Chromium CHROMIUM = new Chromium();

  private final Path folder = Path.of(System.getProperty("rolecall.pictures", "target/pictures"));

  @Test
  void pages_ofTheDemo_areThoseOfTheDocs() throws Exception {
    ServedProcess demo = ServedProcess.start(Map.of(), "console", "--demo", "--no-browser");
    try {
      Tab tab = CHROMIUM.tab().size(1000, 720).open(ConsoleScene.link(demo));
      tab.until(() -> tab.all("inbox-request").size() >= 3);
      take(tab, "inbox");
      tab.go("live");
      tab.until(() -> tab.all("grant").size() >= 2);
      take(tab.size(400, 760), "live-narrow");
      tab.size(1000, 720).dark(true).go("decisions");
      tab.until(() -> tab.all("method").size() >= 3);
      take(tab, "decisions-dark");
      tab.dark(false).go("policy");
      tab.one("matrix");
      tab.script("document.querySelector('[data-testid=matrix]').scrollIntoView({block: 'end'})");
      take(tab, "policy");
      assertThat(tab.complaints()).isEmpty();
    } finally {
      demo.close();
    }
    try (Stream<Path> shown = Files.list(Path.of("../docs/pictures"))) {
      assertThat(shown.map(file -> file.getFileName().toString()))
          .allSatisfy(name -> assertThat(folder.resolve(name)).isNotEmptyFile());
    }
  }

  private void take(Tab tab, String name) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("console-" + name + ".png"), tab.picture());
  }
}
