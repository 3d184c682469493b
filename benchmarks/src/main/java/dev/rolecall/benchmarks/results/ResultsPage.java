package dev.rolecall.benchmarks.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * {@code benchmarks/RESULTS.md}: the last results of each suite on each JDK. It is both what people
 * read and where figures are kept; everything else that shows figures is made from it. Immutable.
 */
public final class ResultsPage {

  private static final String HEAD =
      """
      # Results

      Written by `benchmarks/run SUITE --publish`, not by hand: each suite's last run on each JDK. What is measured, what each
      figure means, and how to repeat it: [README](README.md).
      """;

  private static final Pattern SECTION =
      Pattern.compile("(?s)<!-- JDK (\\d+), (\\w+) -->\\n(.*?)<!-- end -->");

  /** By JDK, then by the suite's name. */
  private final Map<Integer, Map<String, String>> sections = new TreeMap<>();

  private final List<String> order;

  private ResultsPage(List<String> order) {
    this.order = order;
  }

  /**
   * The page with that text.
   *
   * @param order the suites' names, in the order they stand in
   */
  public static ResultsPage read(String text, List<String> order) {
    ResultsPage page = new ResultsPage(List.copyOf(order));
    for (MatchResult each : SECTION.matcher(text).results().toList()) {
      page.put(Integer.parseInt(each.group(1)), each.group(2), each.group(3));
    }
    return page;
  }

  /** The same with that suite's results in the place of its last ones. */
  public ResultsPage with(int jdk, Measured measured) {
    ResultsPage page = read(text(), order);
    page.put(jdk, measured.suite(), measured.markdown());
    return page;
  }

  private void put(int jdk, String suite, String markdown) {
    sections.computeIfAbsent(jdk, any -> new TreeMap<>()).put(suite, markdown);
  }

  /** As it stands in the file. */
  public String text() {
    StringBuilder text = new StringBuilder(HEAD);
    sections.forEach(
        (jdk, suites) -> {
          text.append("\n## JDK ").append(jdk).append('\n');
          List<String> names = new ArrayList<>(suites.keySet());
          names.sort((one, other) -> Integer.compare(place(one), place(other)));
          for (String name : names) {
            text.append("\n<!-- JDK ").append(jdk).append(", ").append(name).append(" -->\n");
            text.append(suites.get(name)).append("<!-- end -->\n");
          }
        });
    return text.toString();
  }

  private int place(String suite) {
    int place = order.indexOf(suite);
    return place < 0 ? order.size() : place;
  }

  /** All figures by name, for each JDK. */
  Map<Integer, Map<String, Double>> figures() {
    Map<Integer, Map<String, Double>> figures = new TreeMap<>();
    sections.forEach(
        (jdk, suites) -> figures.put(jdk, FigureRows.in(String.join("", suites.values()))));
    return figures;
  }
}
