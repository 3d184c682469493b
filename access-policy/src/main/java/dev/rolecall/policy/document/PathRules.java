package dev.rolecall.policy.document;

import dev.rolecall.policy.MethodPattern;
import dev.rolecall.policy.internal.Printable;

/** The words of a problem with a path. */
final class PathRules {

  private PathRules() {}

  static String complaint(String key, String path, String expected) {
    return key + ": " + Printable.quoted(path) + " (expected: " + expected + ")";
  }

  /** What would be right, as near to what was written as can be said. */
  static String expectedFor(String path) {
    if (!path.startsWith("/")) {
      return "a path that starts with /: " + MethodPattern.EXPECTED;
    }
    if (path.length() > 1 && path.endsWith("/")) {
      return "no slash at the end: " + MethodPattern.EXPECTED;
    }
    if (path.indexOf('*') >= 0 && path.indexOf('*') < path.length() - 1) {
      return "no * but a single one at the very end: " + MethodPattern.EXPECTED;
    }
    return MethodPattern.EXPECTED;
  }
}
