package dev.rolecall.cli.terminal;

import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/**
 * The JDK's own form of log records, without characters that a terminal would obey. Public, since
 * the JDK's logging makes it by name.
 */
public final class VisibleFormatter extends SimpleFormatter {

  @Override
  public String format(LogRecord record) {
    return Visible.lines(super.format(record));
  }
}
