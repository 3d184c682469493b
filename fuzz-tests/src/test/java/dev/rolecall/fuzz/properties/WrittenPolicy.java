package dev.rolecall.fuzz.properties;

import dev.rolecall.fuzz.judge.NaiveConditions;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicyBuilder;
import dev.rolecall.policy.PolicyRule;
import dev.rolecall.policy.condition.CallConditions;
import dev.rolecall.policy.condition.Cidr;
import dev.rolecall.policy.condition.HeaderMatch;
import dev.rolecall.policy.grant.GrantRequirement;
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

  /**
   * A rule.
   *
   * @param grant the grant that it requires, a permission and maybe a resource; empty for none
   */
  record Rule(
      String name,
      List<String> principals,
      List<String> paths,
      NaiveConditions conditions,
      String grant) {

    Rule {
      principals = List.copyOf(principals);
      paths = List.copyOf(paths);
    }

    private String networks(String form) {
      return conditions.networks().isEmpty() ? "" : form.replace("%s", list(conditions.networks()));
    }

    private String headers(String form) {
      return conditions.headers().isEmpty()
          ? ""
          : form.replace(
              "%s",
              conditions.headers().entrySet().stream()
                  .map(
                      header ->
                          "{\"key\": "
                              + quoted(header.getKey())
                              + ", \"values\": "
                              + list(header.getValue())
                              + "}")
                  .collect(Collectors.joining(", ", "[", "]")));
    }

    private String grant(String form) {
      String[] parts = grant.split(" ", -1);
      return grant.isEmpty()
          ? ""
          : form.replace(
              "%s",
              parts.length == 1
                  ? quoted(grant)
                  : "{\"permission\": "
                      + quoted(parts[0])
                      + ", \"resource\": "
                      + quoted(parts[1])
                      + "}");
    }

    private String yaml() {
      return "  - name: "
          + quoted(name)
          + "\n    source:\n      principals:\n"
          + items(principals, "        - '%s'\n")
          + networks("      networks: %s\n")
          + grant("      requires_grant: %s\n")
          + "    request:\n      paths: "
          + list(paths)
          + headers("\n      headers: %s")
          + "\n";
    }

    private String json() {
      return "{\"request\":{\"paths\":"
          + list(paths)
          + headers(",\"headers\":%s")
          + "},\"source\":{\"principals\":"
          + list(principals)
          + networks(",\"networks\":%s")
          + grant(",\"requires_grant\":%s")
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
    deny.forEach(rule -> builder.deny(rule.name(), patterns(rule), conditions(rule), paths(rule)));
    allow.forEach(rule -> builder.allow(rule.name(), source(rule), conditions(rule), paths(rule)));
    if (!open.isEmpty()) {
      builder.publicMethods(open.toArray(String[]::new));
    }
    return builder.build();
  }

  private static PolicyRule.Source source(Rule rule) {
    PolicyRule.Source source = PolicyRule.Source.of(patterns(rule));
    String[] grant = rule.grant().split(" ", -1);
    if (grant.length == 2) {
      return source.requiring(GrantRequirement.of(grant[0], grant[1]));
    }
    return rule.grant().isEmpty() ? source : source.requiring(GrantRequirement.of(rule.grant()));
  }

  private static List<RolePattern> patterns(Rule rule) {
    return rule.principals().stream().map(RolePattern::parse).toList();
  }

  private static CallConditions conditions(Rule rule) {
    return new CallConditions(
        rule.conditions().networks().stream().map(Cidr::parse).toList(),
        rule.conditions().headers().entrySet().stream()
            .map(
                header -> HeaderMatch.of(header.getKey(), header.getValue().toArray(String[]::new)))
            .toList());
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
