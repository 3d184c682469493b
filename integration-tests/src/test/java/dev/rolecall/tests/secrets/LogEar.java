package dev.rolecall.tests.secrets;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Hears the log, at every level of Rolecall's own loggers and from INFO of everybody else's.
 *
 * <p>gRPC and Netty write whole headers at FINE; that level is theirs, and not for production.
 */
final class LogEar extends Handler {

  private static final String ROOT = "";
  private static final Map<String, Level> LEVELS =
      Map.of(ROOT, Level.INFO, "dev.rolecall", Level.ALL, "rolecall", Level.ALL);

  private final RunRecord record;
  private final SimpleFormatter formatter = new SimpleFormatter();

  /** Loggers are held weakly by their manager, and would forget their level. */
  private final Map<Logger, Level> loggersBefore = new HashMap<>();

  private final Map<Handler, Level> handlersBefore = new HashMap<>();

  LogEar(RunRecord record) {
    this.record = record;
    setLevel(Level.ALL);
  }

  /** Starts to listen. What is printed on the console stays as it is: warnings. */
  void start() {
    Logger root = Logger.getLogger(ROOT);
    for (Handler console : root.getHandlers()) {
      if (!(console instanceof LogEar)) {
        handlersBefore.put(console, console.getLevel());
        console.setLevel(Level.WARNING);
      }
    }
    LEVELS.forEach(
        (name, level) -> {
          Logger logger = Logger.getLogger(name);
          loggersBefore.put(logger, logger.getLevel());
          logger.setLevel(level);
        });
    root.addHandler(this);
  }

  /** Stops listening, and leaves the loggers as they were. */
  void stop() {
    Logger.getLogger(ROOT).removeHandler(this);
    loggersBefore.forEach(Logger::setLevel);
    handlersBefore.forEach(Handler::setLevel);
  }

  @Override
  public void publish(LogRecord logRecord) {
    // The formatter leaves out what no placeholder names, and prints what is thrown.
    record.add(
        OutputKind.LOG,
        String.valueOf(logRecord.getLoggerName()),
        formatter.format(logRecord) + Arrays.toString(logRecord.getParameters()));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
