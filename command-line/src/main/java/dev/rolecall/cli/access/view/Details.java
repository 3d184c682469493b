package dev.rolecall.cli.access.view;

import dev.rolecall.cli.terminal.Paragraph;
import dev.rolecall.cli.terminal.Visible;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Details of one thing: a headline, and a labelled line for each of its fields. A text of several
 * lines stays behind its label, so that it cannot look like another field.
 */
final class Details {

  private final List<String> lines = new ArrayList<>();

  Details(String headline) {
    lines.add(Visible.line(headline));
  }

  /** Adds a field; nothing where it is empty. */
  Details add(String label, String value) {
    if (!value.isEmpty()) {
      lines.add(Paragraph.of(String.format("  %-12s  ", label), Visible.lines(value)));
    }
    return this;
  }

  void print(PrintWriter out) {
    lines.forEach(out::println);
  }
}
