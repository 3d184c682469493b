package dev.rolecall.policy;

/** What a path must look like, and how a message says so. */
final class PathRules {

  /** Without it one line could switch the verifier off for services that are added later. */
  static final String ONE_SERVICE = "a path that names its service: /package.Service/Method or /*";

  private PathRules() {}

  static String complaint(String key, String path, String expected) {
    return key + ": " + Shown.quoted(path) + " (expected: " + expected + ")";
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
