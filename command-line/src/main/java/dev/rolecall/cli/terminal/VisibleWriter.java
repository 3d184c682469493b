package dev.rolecall.cli.terminal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.Writer;

/**
 * A writer that escapes every character that a terminal would obey, from any source: see {@link
 * Visible}. Line feeds and tabs pass; a carriage return passes only before a line feed.
 */
final class VisibleWriter extends Writer {

  private final Writer target;
  private boolean heldReturn;

  VisibleWriter(Writer target) {
    this.target = requireNonNull(target, "target");
  }

  @Override
  public void write(char[] text, int offset, int length) throws IOException {
    synchronized (lock) {
      StringBuilder shown = new StringBuilder(length);
      for (int i = offset; i < offset + length; i++) {
        show(text[i], shown);
      }
      target.append(shown);
    }
  }

  private void show(char c, StringBuilder shown) {
    if (heldReturn) {
      heldReturn = false;
      if (c == '\n') {
        shown.append('\r');
      } else {
        Visible.escape(shown, '\r');
      }
    }
    if (c == '\r') {
      heldReturn = true;
    } else if (c == '\n' || c == '\t' || !Visible.isObeyed(c)) {
      shown.append(c);
    } else {
      Visible.escape(shown, c);
    }
  }

  @Override
  public void flush() throws IOException {
    target.flush();
  }

  @Override
  public void close() throws IOException {
    synchronized (lock) {
      if (heldReturn) {
        // Nothing follows it.
        StringBuilder shown = new StringBuilder();
        Visible.escape(shown, '\r');
        target.append(shown);
        heldReturn = false;
      }
    }
    target.close();
  }
}
