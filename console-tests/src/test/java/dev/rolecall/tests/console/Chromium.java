package dev.rolecall.tests.console;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * The system's own Chromium, without a window. Each browser has a profile of its own, and is closed
 * after the test. Tests are skipped where none is named.
 */
final class Chromium implements BeforeAllCallback, AfterEachCallback {

  private static final List<String> FLAGS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--window-size=1200,900");

  private final Deque<Tab> open = new ArrayDeque<>();

  @Override
  public void beforeAll(ExtensionContext test) {
    assumeTrue(
        driver().isPresent(),
        "no Chromium (apt install chromium chromium-driver, then"
            + " -Drolecall.chromedriver=/usr/bin/chromedriver)");
  }

  /** ChromeDriver, which finds the Chromium that was installed with it. */
  private static Optional<File> driver() {
    return Optional.ofNullable(System.getProperty("rolecall.chromedriver")).map(File::new);
  }

  /** A new browser. */
  Tab tab(String... furtherFlags) {
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    List<String> flags = new ArrayList<>(FLAGS);
    flags.addAll(List.of(furtherFlags));
    ChromeOptions options = new ChromeOptions();
    options.addArguments(flags);
    options.setCapability("goog:loggingPrefs", logs);
    Tab tab =
        new Tab(
            new ChromeDriver(
                new ChromeDriverService.Builder()
                    .usingDriverExecutable(driver().orElseThrow())
                    .usingAnyFreePort()
                    .build(),
                options));
    open.push(tab);
    return tab;
  }

  @Override
  public void afterEach(ExtensionContext test) {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }
}
