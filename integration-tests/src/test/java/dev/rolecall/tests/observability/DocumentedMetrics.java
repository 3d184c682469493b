package dev.rolecall.tests.observability;

import dev.rolecall.tests.checkout.Checkout;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The lists of {@code docs/observability.md}. */
final class DocumentedMetrics {

  static final String DOCUMENT = "docs/observability.md";

  private static final String TEXT = Checkout.text(DOCUMENT);
  private static final Pattern WORD = Pattern.compile("`([^`]+)`");
  private static final Pattern CLOSED =
      Pattern.compile("one of |an? (?:reason|code|status|cause|task|kind|operation)\\b");
  private static final Pattern REASONS = Pattern.compile("(?s)\nA reason is one of (.*?)\\. It is");
  private static final Pattern CODES = Pattern.compile("(?s)\nA code is one of (.*?)\n\n");
  private static final Pattern STATUSES = Pattern.compile("(?s)\nA status is one of (.*?)\n\n");
  private static final Pattern CAUSES = Pattern.compile("(?s)\nA cause is one of (.*?)\n\n");
  private static final Pattern TASKS = Pattern.compile("(?s)\nA task is one of (.*?)\n\n");
  private static final Pattern KINDS = Pattern.compile("(?s)\nA kind is one of (.*?)\n\n");
  private static final Pattern OPERATIONS =
      Pattern.compile("(?s)\nAn operation is one of (.*?)\n\n");

  /**
   * One row of the first table.
   *
   * @param name the instrument's
   * @param inPrometheus what the exporter makes of it
   * @param kind {@code counter}, {@code gauge} or {@code histogram}
   * @param unit empty if it has none
   * @param attributes the keys
   */
  record Metric(
      String name, String inPrometheus, String kind, String unit, Set<String> attributes) {

    /** Whether only those emit it who accept or bring tokens. */
    boolean isOfTokens() {
      return name.startsWith("rolecall.issuer.") || name.startsWith("rolecall.client.token.");
    }

    /** Whether only those emit it who follow grants. */
    boolean isOfGrants() {
      return name.startsWith("rolecall.grants.");
    }

    /** Whether only nodes of the access service emit it. */
    boolean isOfAccess() {
      return name.startsWith("rolecall.access.");
    }

    /** Whether only proxies emit it, and those who trust one. */
    boolean isOfProxies() {
      return Stream.of("relay.", "checker.", "txntoken.", "transaction_tokens")
          .anyMatch(each -> name.startsWith("rolecall." + each));
    }

    /** Whether any server or client may emit it. */
    boolean isOfAllServers() {
      return !isOfTokens() && !isOfGrants() && !isOfAccess() && !isOfProxies();
    }
  }

  private DocumentedMetrics() {}

  static List<Metric> all() {
    return rows(6)
        .map(
            cells ->
                new Metric(
                    first(cells.get(0)),
                    first(cells.get(1)),
                    cells.get(2),
                    cells.get(3).replace("`", ""),
                    words(cells.get(4))))
        .toList();
  }

  /**
   * The values of each closed attribute, by metric and attribute; those of open ones are absent.
   */
  static Map<List<String>, Optional<Set<String>>> values() {
    return rows(3)
        .collect(
            Collectors.toMap(
                cells -> List.of(first(cells.get(0)), first(cells.get(1))),
                cells -> valuesIn(cells.get(2))));
  }

  private static Optional<Set<String>> valuesIn(String cell) {
    if (!CLOSED.matcher(cell).lookingAt()) {
      return Optional.empty();
    }
    Set<String> values = words(cell);
    if (cell.contains("a reason")) {
      values.addAll(reasons());
    }
    if (cell.contains("a code")) {
      values.addAll(codes());
    }
    if (cell.contains("a status")) {
      values.addAll(words(only(STATUSES)));
    }
    if (cell.contains("a cause")) {
      values.addAll(words(only(CAUSES)));
    }
    if (cell.contains("a task")) {
      values.addAll(tasks());
    }
    if (cell.contains("a kind")) {
      values.addAll(kinds());
    }
    if (cell.contains("an operation")) {
      values.addAll(words(only(OPERATIONS)));
    }
    return Optional.of(values);
  }

  static Set<String> reasons() {
    return words(only(REASONS));
  }

  static Set<String> tasks() {
    return words(only(TASKS));
  }

  static Set<String> kinds() {
    return words(only(KINDS));
  }

  static Set<String> codes() {
    return words(only(CODES));
  }

  private static String only(Pattern paragraph) {
    return paragraph
        .matcher(TEXT)
        .results()
        .map((MatchResult found) -> found.group(1))
        .findFirst()
        .orElseThrow(() -> new AssertionError("nothing like " + paragraph));
  }

  private static Stream<List<String>> rows(int cells) {
    return TEXT.lines()
        .filter(line -> line.startsWith("| `rolecall."))
        .map(line -> line.substring(1, line.lastIndexOf('|')))
        .map(line -> Stream.of(line.split("\\|", -1)).map(String::strip).toList())
        .filter(row -> row.size() == cells);
  }

  private static String first(String cell) {
    return words(cell).iterator().next();
  }

  private static Set<String> words(String text) {
    return WORD.matcher(text)
        .results()
        .map((MatchResult word) -> word.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
