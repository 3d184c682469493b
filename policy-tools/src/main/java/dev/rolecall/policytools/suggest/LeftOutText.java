package dev.rolecall.policytools.suggest;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The comments of a suggested policy about the calls that it does not allow. */
final class LeftOutText {

  /** A terminal's 79 columns, less the mark of a comment. */
  private static final int WIDEST = 77;

  private final CommentedYaml yaml;

  LeftOutText(CommentedYaml yaml) {
    this.yaml = requireNonNull(yaml, "yaml");
  }

  /** Those of known callers, by caller. */
  void ofKnown(String title, SortedMap<Pair, Tally> tallies, Predicate<Pair> listed) {
    boolean isBegun = false;
    for (Map.Entry<Pair, Tally> each : tallies.entrySet()) {
      if (listed.test(each.getKey())) {
        if (!isBegun) {
          yaml.line("");
          yaml.comment(title);
          isBegun = true;
        }
        caller(each.getKey().caller());
        counted(each.getKey(), each.getValue().text());
      }
    }
  }

  /** Those of unknown callers, by reason; the methods called without a credential once more. */
  void ofStrangers(SortedMap<Pair, Tally> strangers) {
    if (strangers.isEmpty()) {
      return;
    }
    yaml.line("");
    yaml.comment("Calls whose caller the server did not know, by reason and method:");
    String reason = "";
    for (Map.Entry<Pair, Tally> each : strangers.entrySet()) {
      if (!each.getKey().caller().who().equals(reason)) {
        reason = each.getKey().caller().who();
        yaml.comment("  " + reason);
      }
      counted(each.getKey(), each.getValue().textWithPeers());
    }
    publicMethods(strangers);
  }

  private void caller(SeenCaller caller) {
    yaml.comment("  " + caller.who());
    if (caller.isActedFor()) {
      yaml.comment("  for which acted " + caller.actor());
    }
    if (!caller.permission().isEmpty()) {
      yaml.comment("  with a grant of " + caller.permission());
    }
  }

  /** On one line, or on two where that is too wide for a terminal. */
  private void counted(Pair each, String tally) {
    String line = "    " + each.method() + ": " + tally;
    if (line.length() <= WIDEST) {
      yaml.comment(line);
    } else {
      yaml.comment("    " + each.method() + ":");
      yaml.comment("      " + tally);
    }
  }

  private void publicMethods(SortedMap<Pair, Tally> strangers) {
    SortedSet<String> methods = new TreeSet<>();
    for (Pair each : strangers.keySet()) {
      boolean isWithoutCredential =
          each.caller().who().equals("CREDENTIAL_MISSING") || each.caller().who().equals("public");
      if (isWithoutCredential && SeenCalls.isListable(each)) {
        methods.add(each.method());
      }
    }
    if (methods.isEmpty()) {
      return;
    }
    yaml.line("");
    yaml.comment("Called without a credential. To let anyone call one, take the # off its");
    yaml.comment("line and off public_methods:");
    yaml.line("#public_methods:");
    methods.forEach(method -> yaml.line("#  - " + CommentedYaml.quoted(method)));
  }
}
