package dev.rolecall.testsupport;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/**
 * The records that one logger writes, from its making to its close. Safe for use by many threads.
 */
public final class CapturedLog extends Handler implements AutoCloseable {

  private final Logger logger;
  private final @Nullable Level levelBefore;
  private final boolean parentsBefore;
  private final Formatter formatter = new SimpleFormatter();
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();

  private CapturedLog(Logger logger) {
    this.logger = logger;
    this.levelBefore = logger.getLevel();
    this.parentsBefore = logger.getUseParentHandlers();
    logger.addHandler(this);
  }

  /** The log of that name, at the level it has. */
  public static CapturedLog of(String logger) {
    return new CapturedLog(Logger.getLogger(logger));
  }

  /** The log of that name at that level; nothing of it reaches the console. */
  public static CapturedLog of(String logger, Level level) {
    CapturedLog log = of(logger);
    log.logger.setLevel(level);
    log.logger.setUseParentHandlers(false);
    return log;
  }

  /** The records so far. */
  public List<LogRecord> records() {
    return List.copyOf(records);
  }

  /** The records so far of that level. */
  public List<LogRecord> at(Level level) {
    return records.stream().filter(record -> record.getLevel().equals(level)).toList();
  }

  /** The lines so far, each as {@code LEVEL message}. */
  public List<String> lines() {
    return records.stream()
        .map(record -> record.getLevel() + " " + formatter.formatMessage(record))
        .toList();
  }

  /** The lines so far that contain that text. */
  public List<String> with(String text) {
    return lines().stream().filter(line -> line.contains(text)).toList();
  }

  /** The messages so far and all that was thrown, with every stack. */
  public String text() {
    StringWriter text = new StringWriter();
    PrintWriter printer = new PrintWriter(text);
    for (LogRecord record : records) {
      printer.println(formatter.formatMessage(record));
      if (record.getThrown() != null) {
        record.getThrown().printStackTrace(printer);
      }
    }
    return text.toString();
  }

  @Override
  public void publish(LogRecord record) {
    records.add(record);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(parentsBefore);
    logger.setLevel(levelBefore);
  }
}
