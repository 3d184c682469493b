package dev.rolecall.tests.deploy;

import dev.rolecall.tests.checkout.Checkout;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A Terraform module of {@code iam-policies/terraform}. Of the language, this knows the two
 * functions that make a policy of a plain file, {@code file} and {@code replace}, and what they are
 * given: a name for a value of the provider's, and {@code lookup}. Each stands on one line.
 */
final class TerraformModule {

  private static final Pattern FILE =
      Pattern.compile(
          "(?m)^ *(\\w+) += file\\(\"\\$\\{path\\.module}/\\.\\./\\.\\./([^\"]+)\"\\)$");
  private static final Pattern REPLACE =
      Pattern.compile(
          "(?m)^ *(\\w+) += replace\\(local\\.(\\w+), \"((?:[^\"\\\\]|\\\\.)*)\", (.+)\\)$");
  private static final Pattern ALIAS = Pattern.compile("(?m)^ *(\\w+) += (data(?:\\.\\w+)+)$");
  private static final Pattern LOOKUP =
      Pattern.compile(
          "(?m)^ *(\\w+) += lookup\\(\\{ \"([^\"]+)\" = \"([^\"]+)\" }, ([\\w.]+), \"([^\"]+)\"\\)$");
  private static final Pattern INTERPOLATION = Pattern.compile("\\$\\{([^}]+)}");

  private final String text;

  private TerraformModule(String text) {
    this.text = text;
  }

  /** Reads one, by the name of its folder. */
  static TerraformModule read(String name) {
    String folder = "iam-policies/terraform/" + name + "/";
    String variables = folder + "variables.tf";
    return new TerraformModule(
        Checkout.text(folder + "main.tf")
            + (Checkout.has(variables) ? Checkout.text(variables) : ""));
  }

  String text() {
    return text;
  }

  /** The names of the variables it declares. */
  Set<String> declared() {
    return names("(?m)^variable \"(\\w+)\"");
  }

  /** The names of the variables it uses. */
  Set<String> used() {
    return names("\\bvar\\.(\\w+)");
  }

  private Set<String> names(String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The text of an argument of a resource, where the expressions in it have those values. */
  String argument(String name, Map<String, String> given) {
    return Pattern.compile("(?m)^ *" + name + " += \"(.+)\"$")
        .matcher(text)
        .results()
        .map(each -> interpolated(each.group(1), withLocals(given)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name));
  }

  /** Those values, and the locals that are made of them. */
  private Map<String, String> withLocals(Map<String, String> given) {
    Map<String, String> values = new LinkedHashMap<>(given);
    for (MatchResult each : ALIAS.matcher(text).results().toList()) {
      if (given.containsKey(each.group(2))) {
        values.put("local." + each.group(1), value(given, each.group(2)));
      }
    }
    for (MatchResult each : LOOKUP.matcher(text).results().toList()) {
      boolean found = value(values, each.group(4)).equals(each.group(2));
      values.put("local." + each.group(1), each.group(found ? 3 : 5));
    }
    return values;
  }

  /** The text of a local value, where the expressions in the policies have those values. */
  String local(String name, Map<String, String> given) {
    Map<String, String> values = withLocals(given);
    Map<String, String> locals = new LinkedHashMap<>();
    FILE.matcher(text)
        .results()
        .forEach(
            each ->
                locals.put(each.group(1), PolicyFiles.text(interpolated(each.group(2), values))));
    // In their order in the file, which need not matter to Terraform, and is kept here.
    for (MatchResult each : REPLACE.matcher(text).results().toList()) {
      String from = value(locals, each.group(2));
      locals.put(
          each.group(1), from.replace(unquoted(each.group(3)), replacement(each.group(4), values)));
    }
    return value(locals, name);
  }

  private static String replacement(String expression, Map<String, String> values) {
    return expression.startsWith("\"")
        ? interpolated(unquoted(expression.substring(1, expression.length() - 1)), values)
        : value(values, expression);
  }

  private static String interpolated(String text, Map<String, String> values) {
    return INTERPOLATION
        .matcher(text)
        .replaceAll(each -> Matcher.quoteReplacement(value(values, each.group(1))));
  }

  private static String unquoted(String text) {
    return text.replace("\\\"", "\"");
  }

  private static String value(Map<String, String> values, String name) {
    String value = values.get(name);
    if (value == null) {
      throw new AssertionError(name + " has no value");
    }
    return value;
  }
}
