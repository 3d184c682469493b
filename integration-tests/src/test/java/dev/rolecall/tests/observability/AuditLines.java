package dev.rolecall.tests.observability;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The lines that go to the logger {@code rolecall.audit} while this is open. */
final class AuditLines extends Handler implements AutoCloseable {

  private final Logger logger = Logger.getLogger("rolecall.audit");
  private final List<String> lines = new CopyOnWriteArrayList<>();

  AuditLines() {
    logger.setLevel(Level.INFO);
    logger.addHandler(this);
  }

  /** One of the lines with that status. */
  String ofStatus(String code) {
    return lines.stream()
        .filter(line -> line.contains("\"status_code\":\"" + code + "\""))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no record of " + code));
  }

  @Override
  public void publish(LogRecord written) {
    lines.add(written.getMessage());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setLevel(null);
  }
}
