package dev.rolecall.policy.document;

import dev.rolecall.policy.MethodPattern;
import dev.rolecall.policy.internal.Printable;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The words of a problem with a path. */
final class PathRules {

  /** A service and its method, which both begin with a capital, with a dot between them. */
  private static final Pattern METHOD_AFTER_DOT =
      Pattern.compile("((?:[^./]+\\.)*[A-Z][^./]*)\\.([A-Z][^./]*)");

  private PathRules() {}

  static String complaint(String key, String path, String expected) {
    return key + ": " + Printable.quoted(path) + " (expected: " + expected + ")";
  }

  /** What would be right: the path that was most likely meant, else the rule that it breaks. */
  static String expectedFor(String path) {
    return nearest(path).orElseGet(() -> rule(path));
  }

  /** The path without its slips: spaces, a slash too few or too many, dots for slashes. */
  private static Optional<String> nearest(String path) {
    String bare = path.strip().replaceAll("\\*{2,}$", "*").replaceAll("^/+|/+$", "");
    if (bare.isEmpty() || bare.equals("*")) {
      return Optional.empty();
    }
    int last = bare.lastIndexOf('/');
    Matcher dotted = METHOD_AFTER_DOT.matcher(bare);
    return Stream.of(
            "/" + bare,
            dotted.matches() ? "/" + dotted.group(1) + "/" + dotted.group(2) : "",
            "/" + bare + "/*",
            last < 0 ? "" : "/" + bare.substring(0, last).replace('/', '.') + bare.substring(last))
        .filter(candidate -> !candidate.equals(path) && MethodPattern.isValid(candidate))
        .findFirst()
        .map(Printable::plain);
  }

  private static String rule(String path) {
    if (!path.startsWith("/")) {
      return "a path that starts with /: " + MethodPattern.EXPECTED;
    }
    if (path.indexOf('*') >= 0 && path.indexOf('*') < path.length() - 1) {
      return "no * but a single one at the very end: " + MethodPattern.EXPECTED;
    }
    return MethodPattern.EXPECTED;
  }
}
