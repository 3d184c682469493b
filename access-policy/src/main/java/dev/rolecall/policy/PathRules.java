package dev.rolecall.policy;

/** What a list demands of a path beyond its form. */
final class PathRules {

  /** Without it one line could switch the verifier off for services that are added later. */
  static final String ONE_SERVICE = "a path that names its service: /package.Service/Method or /*";

  private PathRules() {}
}
