package dev.rolecall.cli.login;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** The browser of this machine's user. */
final class Browser {

  private Browser() {}

  /**
   * Has the system open the page, if it can. The person can open it too, so that a failure is of no
   * consequence.
   */
  static void open(URI page) {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    List<String> command;
    if (system.startsWith("mac")) {
      command = List.of("open", page.toString());
    } else if (system.startsWith("windows")) {
      command = List.of("rundll32", "url.dll,FileProtocolHandler", page.toString());
    } else if (System.getenv("DISPLAY") != null || System.getenv("WAYLAND_DISPLAY") != null) {
      command = List.of("xdg-open", page.toString());
    } else {
      return;
    }
    try {
      new ProcessBuilder(command)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      // The page's address is on the terminal.
    }
  }
}
