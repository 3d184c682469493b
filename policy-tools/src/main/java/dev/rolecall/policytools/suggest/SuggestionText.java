package dev.rolecall.policytools.suggest;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policytools.suggest.SeenCalls.Pair;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The text of a suggested policy. Everything from a record passes {@link #quoted} or {@link
 * #comment}, so that nothing a peer chose ends a comment or a string.
 */
final class SuggestionText {

  private static final int LONGEST_COMMENT = 1_200;

  private final StringBuilder text = new StringBuilder();
  private final SeenCalls seen;
  private final long atLeast;
  private int rules;

  private SuggestionText(SeenCalls seen, long atLeast) {
    this.seen = seen;
    this.atLeast = atLeast;
  }

  static SuggestedPolicy of(SeenCalls seen, String name, long atLeast) {
    if (atLeast < 1) {
      throw new IllegalArgumentException("at least: " + atLeast + " (expected: 1 or more)");
    }
    SuggestionText made = new SuggestionText(seen, atLeast);
    made.write(name);
    return new SuggestedPolicy(made.text.toString(), made.rules);
  }

  private void write(String name) {
    SortedMap<String, SortedMap<String, Tally>> callers = frequent();
    head(callers);
    line("name: " + quoted(name));
    allowRules(callers);
    list(
        "Seen fewer than " + atLeast + " times, and so not allowed here:",
        seen.admissible(),
        pair -> !isFrequent(pair));
    list(
        "Refused by the policy in force or by a deny rule, and so not allowed here:",
        seen.refused(),
        pair -> true);
    strangers();
    publicMethods();
  }

  private boolean isFrequent(Pair pair) {
    Tally tally = seen.admissible().get(pair);
    return tally != null && tally.calls() >= atLeast && SeenCalls.isListable(pair);
  }

  /** What each caller called often enough. */
  private SortedMap<String, SortedMap<String, Tally>> frequent() {
    SortedMap<String, SortedMap<String, Tally>> callers = new TreeMap<>();
    seen.admissible()
        .forEach(
            (pair, tally) -> {
              if (isFrequent(pair)) {
                callers
                    .computeIfAbsent(pair.who(), missing -> new TreeMap<>())
                    .put(pair.method(), tally);
              }
            });
    return callers;
  }

  private void head(SortedMap<String, SortedMap<String, Tally>> callers) {
    comment("The least policy that admits the calls of known callers in audit records.");
    comment("Written by: rolecall policy suggest");
    Tally all =
        together(callers.values().stream().flatMap(each -> each.values().stream()).toList());
    if (all.calls() == 0) {
      comment("No known caller called a method often enough: it allows nothing.");
    } else {
      comment(all.text() + ". Callers: " + callers.size() + ".");
    }
    comment("Read each rule: what was called is not always what should be allowed.");
  }

  /**
   * Callers that called the same methods.
   *
   * @param paths the methods
   * @param callers what each called how often
   */
  private record Group(
      SortedSet<String> paths, SortedMap<String, SortedMap<String, Tally>> callers) {

    Tally of(String path) {
      return together(
          callers.values().stream()
              .map(methods -> requireNonNull(methods.get(path), "path"))
              .toList());
    }
  }

  private void allowRules(SortedMap<String, SortedMap<String, Tally>> callers) {
    // In the order of the first caller of each.
    Map<SortedSet<String>, Group> groups = new LinkedHashMap<>();
    callers.forEach(
        (caller, methods) ->
            groups
                .computeIfAbsent(
                    new TreeSet<>(methods.keySet()), paths -> new Group(paths, new TreeMap<>()))
                .callers()
                .put(caller, methods));
    if (!groups.isEmpty()) {
      line("");
      line("allow_rules:");
      RuleNames names = new RuleNames();
      groups.values().forEach(group -> rule(names, group));
    }
  }

  private void rule(RuleNames names, Group group) {
    rules++;
    line("  - name: " + quoted(names.of(group.callers().keySet())));
    line("    source:");
    line("      principals:");
    group
        .callers()
        .forEach(
            (caller, methods) -> {
              indented(8, together(methods.values()).text());
              line("        - " + quoted(caller));
            });
    line("    request:");
    line("      paths:");
    for (String path : group.paths()) {
      indented(8, group.of(path).text());
      line("        - " + quoted(path));
    }
  }

  private static Tally together(Collection<Tally> tallies) {
    Tally all = new Tally();
    tallies.forEach(all::add);
    return all;
  }

  private interface Condition {
    boolean holdsFor(Pair pair);
  }

  private void list(String title, SortedMap<Pair, Tally> tallies, Condition listed) {
    boolean isBegun = false;
    for (Map.Entry<Pair, Tally> each : tallies.entrySet()) {
      if (listed.holdsFor(each.getKey())) {
        if (!isBegun) {
          line("");
          comment(title);
          isBegun = true;
        }
        comment("  " + each.getKey().who());
        comment("    " + each.getKey().method() + ": " + each.getValue().text());
      }
    }
  }

  private void strangers() {
    if (seen.strangers().isEmpty()) {
      return;
    }
    line("");
    comment("Calls whose caller the server did not know, by reason and method:");
    String reason = "";
    for (Map.Entry<Pair, Tally> each : seen.strangers().entrySet()) {
      if (!each.getKey().who().equals(reason)) {
        reason = each.getKey().who();
        comment("  " + reason);
      }
      comment("    " + each.getKey().method() + ": " + each.getValue().textWithPeers());
    }
  }

  private void publicMethods() {
    SortedSet<String> methods = new TreeSet<>();
    for (Pair each : seen.strangers().keySet()) {
      boolean isWithoutCredential =
          each.who().equals("CREDENTIAL_MISSING") || each.who().equals("public");
      if (isWithoutCredential && SeenCalls.isListable(each)) {
        methods.add(each.method());
      }
    }
    if (methods.isEmpty()) {
      return;
    }
    line("");
    comment("Called without a credential. To let anyone call one, take the # off its line");
    comment("and off the next line:");
    line("#public_methods:");
    for (String method : methods) {
      line("#  - " + quoted(method));
    }
  }

  private void comment(String words) {
    indented(0, words);
  }

  private void indented(int spaces, String words) {
    line(" ".repeat(spaces) + "# " + printable(words));
  }

  /** On one line whatever it holds: all but printable ASCII is replaced. */
  static String printable(String words) {
    StringBuilder safe = new StringBuilder();
    words
        .chars()
        .limit(LONGEST_COMMENT)
        .forEach(c -> safe.append(c < ' ' || c > '~' ? '?' : (char) c));
    return safe.toString();
  }

  /** A string of YAML and JSON alike. */
  static String quoted(String value) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c > '~') {
        throw new IllegalArgumentException(
            "a name that no policy can hold (expected: printable ASCII characters)");
      }
      if (c == '"' || c == '\\') {
        quoted.append('\\');
      }
      quoted.append(c);
    }
    return quoted.append('"').toString();
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
