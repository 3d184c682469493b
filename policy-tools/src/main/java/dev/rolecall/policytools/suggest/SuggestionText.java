package dev.rolecall.policytools.suggest;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The text of a suggested policy: its rules, and what they leave out. */
final class SuggestionText {

  private final CommentedYaml yaml = new CommentedYaml();
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
    return new SuggestedPolicy(made.yaml.text(), made.rules);
  }

  private void write(String name) {
    SortedMap<SeenCaller, SortedMap<String, Tally>> callers = frequent();
    head(callers);
    yaml.line("name: " + CommentedYaml.quoted(name));
    allowRules(callers);
    LeftOutText leftOut = new LeftOutText(yaml);
    leftOut.ofKnown(
        "Seen fewer than " + atLeast + " times, and so not allowed here:",
        seen.admissible(),
        pair -> !isFrequent(pair));
    leftOut.ofKnown(
        "Refused by the policy in force or by a deny rule, and so not allowed here:",
        seen.refused(),
        pair -> true);
    leftOut.ofStrangers(seen.strangers());
  }

  private boolean isFrequent(Pair pair) {
    Tally tally = seen.admissible().get(pair);
    return tally != null && tally.calls() >= atLeast && SeenCalls.isListable(pair);
  }

  /** What each caller called often enough. */
  private SortedMap<SeenCaller, SortedMap<String, Tally>> frequent() {
    SortedMap<SeenCaller, SortedMap<String, Tally>> callers = new TreeMap<>();
    seen.admissible()
        .forEach(
            (pair, tally) -> {
              if (isFrequent(pair)) {
                callers
                    .computeIfAbsent(pair.caller(), missing -> new TreeMap<>())
                    .put(pair.method(), tally);
              }
            });
    return callers;
  }

  private void head(SortedMap<SeenCaller, SortedMap<String, Tally>> callers) {
    yaml.comment("The least policy that admits the calls of known callers in audit records.");
    yaml.comment("Written by: rolecall policy suggest");
    Tally all =
        Tally.together(callers.values().stream().flatMap(each -> each.values().stream()).toList());
    if (all.calls() == 0) {
      yaml.comment("No known caller called a method often enough: it allows nothing.");
    } else {
      yaml.comment(all.text() + ". Callers: " + named(callers, SeenCaller::who).size() + ".");
      SortedSet<String> parties = named(callers, SeenCaller::who);
      parties.addAll(named(callers, SeenCaller::actor));
      accounts(parties);
    }
    yaml.comment("Read each rule: what was called is not always what should be allowed.");
  }

  private static SortedSet<String> named(
      Map<SeenCaller, ?> callers, Function<SeenCaller, String> name) {
    return callers.keySet().stream().map(name).collect(Collectors.toCollection(TreeSet::new));
  }

  /** While every call is admitted, roles of any account in the world may be among the callers. */
  private void accounts(Collection<String> callers) {
    SortedMap<String, Integer> accounts = new TreeMap<>();
    callers.forEach(
        caller -> Principals.account(caller).ifPresent(it -> accounts.merge(it, 1, Integer::sum)));
    if (!accounts.isEmpty()) {
      yaml.comment("Accounts, each of which should be yours:");
      accounts.forEach(
          (account, count) ->
              yaml.comment("  " + account + ": " + count + (count == 1 ? " caller" : " callers")));
    }
  }

  private void allowRules(SortedMap<SeenCaller, SortedMap<String, Tally>> callers) {
    // In the order of the first caller of each.
    Map<List<?>, CallersAlike> groups = new LinkedHashMap<>();
    callers.forEach(
        (caller, methods) ->
            groups
                .computeIfAbsent(
                    List.of(Set.copyOf(methods.keySet()), caller.actor(), caller.permission()),
                    alike ->
                        new CallersAlike(
                            new TreeSet<>(methods.keySet()),
                            caller.actor(),
                            caller.permission(),
                            new TreeMap<>()))
                .callers()
                .put(caller.who(), methods));
    if (!groups.isEmpty()) {
      yaml.line("");
      yaml.line("allow_rules:");
      RuleNames names = new RuleNames();
      groups.values().forEach(group -> rule(names, group));
    }
  }

  private void rule(RuleNames names, CallersAlike group) {
    rules++;
    yaml.line("  - name: " + CommentedYaml.quoted(names.of(group)));
    yaml.line("    source:");
    yaml.line("      principals:");
    group
        .callers()
        .forEach(
            (caller, methods) -> {
              yaml.comment(8, Tally.together(methods.values()).text());
              yaml.line("        - " + CommentedYaml.quoted(caller));
            });
    if (!group.actor().isEmpty()) {
      yaml.line("      actors:");
      yaml.line("        - " + CommentedYaml.quoted(group.actor()));
    }
    if (!group.permission().isEmpty()) {
      yaml.comment(6, "A record does not say for which resource the grant was.");
      yaml.line("      requires_grant: " + CommentedYaml.quoted(group.permission()));
    }
    yaml.line("    request:");
    yaml.line("      paths:");
    for (String path : group.paths()) {
      yaml.comment(8, group.of(path).text());
      yaml.line("        - " + CommentedYaml.quoted(path));
    }
  }
}
