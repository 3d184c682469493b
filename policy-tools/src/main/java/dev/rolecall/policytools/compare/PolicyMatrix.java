package dev.rolecall.policytools.compare;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.Principal;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.MethodPattern;
import dev.rolecall.policy.PolicyRule;
import dev.rolecall.policytools.CallerQuery;
import dev.rolecall.policytools.PolicyAnswer;
import dev.rolecall.policytools.StatedCall;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The answers of one policy, as a table: a row for each principal that its rules name, a column for
 * each method that they tell apart.
 *
 * @param rows the principals, in the order they are first written
 * @param columns whole paths first, then the starts, each in alphabetical order
 * @param cells a list for each row, with a cell for each column
 */
public record PolicyMatrix(List<Row> rows, List<Column> columns, List<List<Cell>> cells) {

  /** Copies. */
  public PolicyMatrix {
    rows = List.copyOf(rows);
    columns = List.copyOf(columns);
    cells = cells.stream().map(List::copyOf).toList();
  }

  /**
   * The callers of a row.
   *
   * @param pattern the principal as a rule has it; one of roles means those that no closer pattern
   *     means
   * @param askedAs the principal that stands for them; empty where none does
   */
  public record Row(PrincipalPattern pattern, Optional<Principal> askedAs) {

    /** Checks that nothing is absent. */
    public Row {
      requireNonNull(pattern, "pattern");
      requireNonNull(askedAs, "askedAs");
    }
  }

  /**
   * The methods of a column.
   *
   * @param pattern the path as a rule has it; a start means the methods that have no closer path
   * @param askedAs the method that stands for them
   */
  public record Column(MethodPattern pattern, MethodPath askedAs) {

    /** Checks that nothing is absent. */
    public Column {
      requireNonNull(pattern, "pattern");
      requireNonNull(askedAs, "askedAs");
    }
  }

  /**
   * The answer about one caller and method.
   *
   * @param mark the answer, in short
   * @param answer the answer to a call without attributes, headers or a known address; empty where
   *     no principal stands for the row
   * @param rules the names of the rules that may mean the caller and the method
   */
  public record Cell(Mark mark, Optional<PolicyAnswer> answer, List<String> rules) {

    /** Copies. */
    public Cell {
      requireNonNull(mark, "mark");
      requireNonNull(answer, "answer");
      rules = List.copyOf(rules);
    }
  }

  /** An answer, in short. */
  public enum Mark {
    /** Anyone may call the method. */
    PUBLIC,
    /** The caller may. */
    ALLOW,
    /** The caller may while it holds a grant. */
    NEEDS_GRANT,
    /** The caller may not. */
    DENY,
    /**
     * It depends: on conditions of the call or the caller, or on which of several principals calls.
     */
    DEPENDS
  }

  /**
   * The table of that policy.
   *
   * @param mostCells the size of the largest table
   * @return empty if it would be larger
   */
  public static Optional<PolicyMatrix> of(AccessPolicy policy, int mostCells) {
    requireNonNull(policy, "policy");
    List<PolicyRule> rules =
        policy.layers().stream().flatMap(layer -> layer.rules().stream()).toList();
    Set<PrincipalPattern> patterns = new LinkedHashSet<>();
    rules.forEach(
        rule -> rule.principals().stream().flatMap(each -> each.patterns()).forEach(patterns::add));
    List<Column> columns =
        RepresentativeMethod.allOf(List.of(policy), List.of()).stream()
            .map(sample -> new Column(sample.means(), sample.method()))
            .toList();
    if ((long) patterns.size() * columns.size() > mostCells) {
      return Optional.empty();
    }
    List<Row> rows =
        patterns.stream()
            .map(pattern -> new Row(pattern, RepresentativePrincipal.of(pattern, patterns)))
            .toList();
    return Optional.of(
        new PolicyMatrix(
            rows,
            columns,
            rows.stream()
                .map(
                    row ->
                        columns.stream().map(column -> cell(policy, rules, row, column)).toList())
                .toList()));
  }

  private static Cell cell(AccessPolicy policy, List<PolicyRule> rules, Row row, Column column) {
    List<PolicyRule> meant =
        rules.stream()
            .filter(rule -> rule.pathsMatching(column.askedAs()).findAny().isPresent())
            .filter(rule -> mayMean(rule, row))
            .toList();
    Optional<PolicyAnswer> answer =
        row.askedAs()
            .map(
                principal ->
                    PolicyAnswer.of(
                        policy, CallerQuery.of(principal), column.askedAs(), StatedCall.none()));
    return new Cell(
        policy.isPublic(column.askedAs()) ? Mark.PUBLIC : mark(answer, meant),
        answer,
        meant.stream().map(rule -> rule.name().value()).distinct().toList());
  }

  private static boolean mayMean(PolicyRule rule, Row row) {
    return row.askedAs()
        .map(
            principal ->
                rule.principalsMatching(principal, Attributes.none()).findAny().isPresent())
        .orElseGet(
            () ->
                rule.principals().stream()
                    .flatMap(each -> each.patterns())
                    .anyMatch(pattern -> pattern.getClass() == row.pattern().getClass()));
  }

  private static Mark mark(Optional<PolicyAnswer> answer, List<PolicyRule> meant) {
    if (meant.isEmpty()) {
      return Mark.DENY;
    }
    if (answer.isEmpty() || meant.stream().anyMatch(PolicyMatrix::isConditional)) {
      return Mark.DEPENDS;
    }
    return switch (answer.get().answer()) {
      case ALLOW -> Mark.ALLOW;
      case NEEDS_GRANT -> Mark.NEEDS_GRANT;
      case DENY -> Mark.DENY;
    };
  }

  private static boolean isConditional(PolicyRule rule) {
    return !rule.source().conditions().isNone()
        || !rule.conditions().isNone()
        || rule.source().actors().fold(unstated -> false, any -> false, some -> true);
  }
}
