package dev.rolecall.tests.console;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.rolecall.testsupport.ServedProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.WindowType;

/** Pages, people and programs of the same machine that are not the person at the console. */
@Tag("attack")
@Timeout(480)
final class OtherPagesTest {

  @RegisterExtension static final ConsoleStage STAGE = new ConsoleStage();

  /** Tries a request, and says what came of it: only what the page could read. */
  private static final String TRY =
      """
      const done = arguments[arguments.length - 1];
      fetch(arguments[0], JSON.parse(arguments[1]))
          .then(async it => done(it.type + ' ' + it.status + ' ' + await it.text()))
          .catch(() => done('nothing'));
      """;

  private static HttpServer other;

  @BeforeAll
  static void serveAnotherPage() throws IOException {
    other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext(
        "/",
        exchange -> {
          byte[] page = "<!doctype html><title>another page</title>".getBytes(UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    other.start();
  }

  @AfterAll
  static void stopIt() {
    other.stop(0);
  }

  private static String otherPage() {
    return "http://127.0.0.1:" + other.getAddress().getPort() + "/";
  }

  private static String origin(String link) {
    return "http://" + URI.create(link).getAuthority();
  }

  @Test
  void pageOfAnotherPort_readsNothingAndChangesNothing() throws Exception {
    String link = STAGE.scene().console("ben");
    String console = origin(link);
    Tab tab = STAGE.empty().open(otherPage());

    for (String options :
        new String[] {
          "{\"mode\":\"cors\"}",
          "{\"mode\":\"cors\",\"method\":\"POST\",\"headers\":{\"Content-Type\":\"application/json\"},\"body\":\"{}\"}",
          "{\"method\":\"POST\",\"headers\":{\"Content-Type\":\"text/plain\"},\"body\":\"{}\"}",
          "{\"method\":\"POST\",\"headers\":{\"Authorization\":\"Bearer x\"},\"body\":\"{}\"}"
        }) {
      assertThat(tab.scriptLater(TRY, console + "/session", options)).isEqualTo("nothing");
      assertThat(tab.scriptLater(TRY, console + "/api/about", options)).isEqualTo("nothing");
    }
    assertThat(tab.scriptLater(TRY, console + "/", "{\"mode\":\"no-cors\"}"))
        .isIn("opaque 0 ", "nothing");
    assertThat(
            tab.scriptLater(
                """
                const done = arguments[arguments.length - 1];
                const socket = new WebSocket(arguments[0].replace('http', 'ws'));
                socket.onopen = () => done('open');
                socket.onerror = () => done('refused');
                """,
                console))
        .isEqualTo("refused");
    assertThat(
            tab.scriptLater(
                """
                const done = arguments[arguments.length - 1];
                const frame = document.createElement('iframe');
                frame.onload = () => done(String(frame.contentDocument?.title ?? 'closed'));
                frame.src = arguments[0];
                document.body.append(frame);
                """,
                console))
        .isEqualTo("closed");
    // The code was not used up by any of that.
    tab.open(link);
    tab.one("connection", "Connected");
  }

  @Test
  void formOfAnotherPage_isRefused() throws Exception {
    String console = origin(STAGE.scene().console("ben"));
    Tab tab = STAGE.empty().open(otherPage());

    tab.script(
        """
        const form = document.createElement('form');
        form.method = 'POST';
        form.enctype = 'text/plain';
        form.action = arguments[0] + '/session';
        document.body.append(form);
        form.submit();
        """,
        console);

    tab.until(() -> tab.driver().getPageSource().contains("another site has sent this request"));
  }

  @Test
  void nameThatWasReboundToThisMachine_reachesNothing() throws Exception {
    String link = STAGE.scene().console("ben");
    Tab tab = STAGE.empty("--host-resolver-rules=MAP evil.example 127.0.0.1");

    tab.open(link.replace("127.0.0.1", "evil.example"));

    assertThat(tab.driver().getPageSource())
        .contains("and no other host")
        .doesNotContain("nav-inbox");
    tab.open(link);
    tab.one("connection", "Connected");
  }

  @Test
  void link_opensOneTabOnce_andLeavesNoTrace() throws Exception {
    String link = STAGE.scene().console("ben");
    String code = URI.create(link).getFragment().substring("code=".length());
    Tab tab = STAGE.empty().open(link);
    tab.one("connection", "Connected");

    assertThat(tab.driver().getCurrentUrl()).doesNotContain("code");
    assertThat(tab.script("return String(history.length) + JSON.stringify(history.state)"))
        .doesNotContain(code);
    assertThat(tab.script("return document.cookie + JSON.stringify(localStorage)")).isEqualTo("{}");
    assertThat(tab.script("return JSON.stringify(sessionStorage)")).doesNotContain(code);

    tab.driver().switchTo().newWindow(WindowType.TAB);
    tab.open(origin(link) + "/");
    assertThat(tab.one("face").getAttribute("data-face")).isEqualTo("NO_KEY");
    Tab thief = STAGE.empty().open(link);
    assertThat(thief.one("face").getAttribute("data-face")).isEqualTo("LINK_USED");
  }

  @Test
  void browser_isOpenedOnAFileOfItsOwner_andTheListOfProcessesShowsNoCode() throws Exception {
    Path folder = Files.createDirectory(STAGE.scene().file("bin"));
    Path opener = folder.resolve("xdg-open");
    Path told = folder.resolve("told");
    Files.writeString(
        opener,
        "#!/bin/sh\necho \"$1\" > "
            + told
            + ".part\nmv "
            + told
            + ".part "
            + told
            + "\nsleep 20\n");
    Files.setPosixFilePermissions(opener, PosixFilePermissions.fromString("rwxr-xr-x"));
    ServedProcess console =
        STAGE
            .scene()
            .started(
                Map.of("PATH", folder + ":" + System.getenv("PATH"), "DISPLAY", ":9"),
                "ben",
                "console " + STAGE.scene().servers());
    String printed = URI.create(ConsoleScene.link(console)).getFragment();
    Tab tab = STAGE.empty();
    tab.until(() -> Files.exists(told));
    Path file = Path.of(Files.readString(told).strip());
    String page = Files.readString(file);
    String code = page.replaceFirst("(?s).*#code=([\\\\w-]+).*", "$1");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    String processes = commandLines();
    assertThat(processes.contains(file.toString())).as("the browser is in the list").isTrue();
    assertThat(processes.contains(code) || processes.contains(printed)).as("a code").isFalse();
    tab.open(file.toUri().toString());
    tab.one("connection", "Connected");
    assertThat(console.terminate()).isEqualTo(143);
    assertThat(file).doesNotExist();
  }

  private static String commandLines() throws IOException {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes
          .filter(each -> each.getFileName().toString().matches("[0-9]+"))
          .map(OtherPagesTest::commandLine)
          .collect(joining("\n"));
    }
  }

  private static String commandLine(Path process) {
    try {
      return Files.readString(process.resolve("cmdline"), ISO_8859_1);
    } catch (IOException e) {
      // It has ended meanwhile.
      return "";
    }
  }
}
