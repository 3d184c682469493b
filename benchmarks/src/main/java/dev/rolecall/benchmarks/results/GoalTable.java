package dev.rolecall.benchmarks.results;

import dev.rolecall.benchmarks.Goal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The figures that have a target, as a block within a page that is otherwise written by hand. */
final class GoalTable {

  static final String BEGIN = "<!-- figures: written by benchmarks/run --publish -->\n";
  static final String END = "<!-- end of figures -->\n";

  private GoalTable() {}

  /**
   * The page with the block as those figures make it.
   *
   * @throws IllegalArgumentException if the page has no such block
   */
  static String in(String page, Map<Integer, Map<String, Double>> figures) {
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException("page: without " + BEGIN.strip() + " and " + END.strip());
    }
    return page.substring(0, begin + BEGIN.length()) + rows(figures) + page.substring(end);
  }

  private static String rows(Map<Integer, Map<String, Double>> figures) {
    List<String> lines = new ArrayList<>();
    StringBuilder head = new StringBuilder("| | target |");
    StringBuilder rule = new StringBuilder("|---|---|");
    for (Integer jdk : figures.keySet()) {
      head.append(" JDK ").append(jdk).append(" |");
      rule.append("--:|");
    }
    lines.add(head.toString());
    lines.add(rule.toString());
    for (Goal goal : Goal.ALL) {
      StringBuilder line = new StringBuilder("| ").append(goal.meaning());
      line.append(" (`").append(goal.figure()).append("`) | ").append(goal.target()).append(" |");
      for (Map<String, Double> ofJdk : figures.values()) {
        line.append(' ').append(cell(goal, ofJdk.get(goal.figure()))).append(" |");
      }
      lines.add(line.toString());
    }
    return String.join("\n", lines) + "\n";
  }

  private static String cell(Goal goal, @Nullable Double value) {
    if (value == null) {
      return "not measured";
    }
    String number = BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    return goal.isReachedBy(value) ? number : number + ", **not reached**";
  }
}
