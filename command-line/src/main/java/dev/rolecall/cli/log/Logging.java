package dev.rolecall.cli.log;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/**
 * The setup of a command's log. Records go to standard error, unless the user configured the JDK's
 * logging.
 */
public final class Logging {

  /** Held, since the JDK keeps a logger's level only as long as a reference holds the logger. */
  private static final Logger ROOT = Logger.getLogger("");

  /** Held for the same reason, with its filter. */
  private static final Logger CONNECTIONS = Logger.getLogger(ConnectionLog.LOGGER);

  private Logging() {}

  public static void configure() {
    if (System.getProperty("java.util.logging.config.file") != null) {
      return;
    }
    try (InputStream configuration =
        Objects.requireNonNull(Logging.class.getResourceAsStream("logging.properties"))) {
      LogManager.getLogManager().readConfiguration(configuration);
    } catch (IOException e) {
      throw new UncheckedIOException("reading a resource of the jar", e);
    }
    CONNECTIONS.setFilter(new ConnectionLog(InstantSource.system()));
  }

  /** For a command whose output tells the story itself. */
  public static void warningsOnly() {
    ROOT.setLevel(Level.WARNING);
  }
}
