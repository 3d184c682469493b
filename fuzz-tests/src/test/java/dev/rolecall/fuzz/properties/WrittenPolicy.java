package dev.rolecall.fuzz.properties;

import dev.rolecall.identity.RolePattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicyBuilder;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A policy, and the ways to write it.
 *
 * @param deny the deny rules
 * @param allow the allow rules
 * @param open the public methods
 */
record WrittenPolicy(List<Rule> deny, List<Rule> allow, List<String> open) {

  /** A rule. */
  record Rule(String name, List<String> principals, List<String> paths) {

    Rule {
      principals = List.copyOf(principals);
      paths = List.copyOf(paths);
    }

    private String yaml() {
      return "  - name: "
          + quoted(name)
          + "\n    source:\n      principals:\n"
          + items(principals, "        - '%s'\n")
          + "    request:\n      paths: "
          + list(paths)
          + "\n";
    }

    private String json() {
      return "{\"request\":{\"paths\":"
          + list(paths)
          + "},\"source\":{\"principals\":"
          + list(principals)
          + "},\"name\":"
          + quoted(name)
          + "}";
    }
  }

  WrittenPolicy {
    deny = List.copyOf(deny);
    allow = List.copyOf(allow);
    open = List.copyOf(open);
  }

  String yaml() {
    return "# written by a test\nname: generated\n"
        + section("deny_rules", deny)
        + section("allow_rules", allow)
        + (open.isEmpty() ? "" : "public_methods: " + list(open) + "\n");
  }

  private static String section(String key, List<Rule> rules) {
    return rules.isEmpty()
        ? ""
        : key + ":\n" + rules.stream().map(Rule::yaml).collect(Collectors.joining());
  }

  /** The same with its lists in another order, indented by tabs. */
  String json() {
    return "{"
        + (open.isEmpty() ? "" : "\n\t\"public_methods\":" + list(open) + ",")
        + jsonSection("allow_rules", allow)
        + jsonSection("deny_rules", deny)
        + "\n\t\"name\":\"generated\"}";
  }

  private static String jsonSection(String key, List<Rule> rules) {
    return rules.isEmpty()
        ? ""
        : "\n\t"
            + quoted(key)
            + ":["
            + rules.stream().map(Rule::json).collect(Collectors.joining(",\n\t\t"))
            + "],";
  }

  AccessPolicy built() {
    PolicyBuilder builder = AccessPolicy.builder("generated");
    deny.forEach(rule -> builder.deny(rule.name(), patterns(rule), paths(rule)));
    allow.forEach(rule -> builder.allow(rule.name(), patterns(rule), paths(rule)));
    if (!open.isEmpty()) {
      builder.publicMethods(open.toArray(String[]::new));
    }
    return builder.build();
  }

  private static List<RolePattern> patterns(Rule rule) {
    return rule.principals().stream().map(RolePattern::parse).toList();
  }

  private static String[] paths(Rule rule) {
    return rule.paths().toArray(String[]::new);
  }

  private static String items(List<String> texts, String form) {
    return texts.stream().map(text -> form.replace("%s", text)).collect(Collectors.joining());
  }

  private static String list(List<String> texts) {
    return texts.stream().map(WrittenPolicy::quoted).collect(Collectors.joining(", ", "[", "]"));
  }

  /** No text here has a quote or a backslash in it. */
  private static String quoted(String text) {
    return "\"" + text + "\"";
  }
}
