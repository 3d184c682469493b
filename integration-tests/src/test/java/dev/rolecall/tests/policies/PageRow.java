package dev.rolecall.tests.policies;

import dev.rolecall.tests.checkout.Checkout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A row of a table of docs/policy.md.
 *
 * @param heading the table's first heading: the kind of what is written
 * @param written the first cell
 * @param cells the other cells
 */
record PageRow(String heading, String written, List<String> cells) {

  static final String PAGE = "docs/policy.md";

  /** The rows of the tables whose headings are a kind and those given. */
  static List<PageRow> under(String... headings) {
    String rest = " | " + String.join(" | ", headings) + " |";
    List<PageRow> rows = new ArrayList<>();
    String kind = "";
    for (String line : Checkout.text(PAGE).lines().toList()) {
      if (!line.startsWith("| ")) {
        kind = line.startsWith("|---") ? kind : "";
      } else if (line.endsWith(rest)) {
        kind = line.substring(2, line.length() - rest.length());
      } else if (!kind.isEmpty()) {
        List<String> cells =
            Stream.of(line.substring(2, line.length() - 1).split(" \\|", -1))
                .map(String::strip)
                .toList();
        rows.add(new PageRow(kind, plain(cells.get(0)), cells.subList(1, headings.length + 1)));
      }
    }
    return rows;
  }

  /** The values between backquotes of one of the other cells. */
  List<String> values(int cell) {
    return Stream.of(cells.get(cell).split(", ", -1))
        .filter(value -> value.startsWith("`"))
        .map(PageRow::plain)
        .toList();
  }

  private static String plain(String cell) {
    return cell.startsWith("`") && cell.endsWith("`") ? cell.substring(1, cell.length() - 1) : cell;
  }

  @Override
  public String toString() {
    return heading + " " + written;
  }
}
