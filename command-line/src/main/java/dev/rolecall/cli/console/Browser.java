package dev.rolecall.cli.console;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The person's browser, opened as the desktop opens a file. */
final class Browser {

  private static final int PATIENCE_SECONDS = 5;

  private final String system;
  private final Map<String, String> environment;

  /**
   * The browser of a desktop.
   *
   * @param system the name of the operating system, as Java has it
   * @param environment the variables of the process
   */
  Browser(String system, Map<String, String> environment) {
    this.system = system.toLowerCase(Locale.ROOT);
    this.environment = environment;
  }

  /** That of this process. */
  static Browser ofThisDesktop() {
    return new Browser(System.getProperty("os.name", ""), System.getenv());
  }

  /**
   * Opens a file. Waits for some seconds at most for a failure.
   *
   * @return why it could not; empty where nothing says so
   */
  Optional<String> open(Path file) {
    Optional<List<String>> command = command(file);
    if (command.isEmpty()) {
      return Optional.of("this shell has no display");
    }
    try {
      Process started =
          new ProcessBuilder(command.get())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      // A browser may stay in the foreground: then it has opened.
      return started.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && started.exitValue() != 0
          ? Optional.of(command.get().get(0) + " ended with " + started.exitValue())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.of("there is no " + command.get().get(0));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** What opens it; empty where there is no display to open it on. */
  Optional<List<String>> command(Path file) {
    if (system.startsWith("mac")) {
      return Optional.of(List.of("open", file.toString()));
    }
    if (system.startsWith("windows")) {
      return Optional.of(List.of("rundll32", "url.dll,FileProtocolHandler", file.toString()));
    }
    return environment.containsKey("DISPLAY") || environment.containsKey("WAYLAND_DISPLAY")
        ? Optional.of(List.of("xdg-open", file.toString()))
        : Optional.empty();
  }
}
