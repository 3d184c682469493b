package dev.rolecall.policytools;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.MethodPattern;
import dev.rolecall.policy.Place;
import dev.rolecall.policy.PlacedPath;
import dev.rolecall.policy.PolicySection;
import dev.rolecall.policy.RuleName;
import dev.rolecall.policy.internal.Printable;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A path of a policy that means none of a server's methods. It is most likely a misspelling, and in
 * a deny rule it leaves open what was to be closed.
 *
 * @param section the list it stands in
 * @param rule the rule it stands in; empty for one of {@code public_methods}
 * @param path the path
 * @param at where it is written; empty for a policy made by a builder
 * @param expected what would be right, in words: the nearest path, or the names there are
 */
public record UnmatchedPath(
    PolicySection section,
    Optional<RuleName> rule,
    MethodPattern path,
    Optional<Place> at,
    String expected) {

  /** The kind of problem as tools compare it. */
  public static final String CODE = "unknown-method";

  /** Checks that nothing is absent. */
  public UnmatchedPath {
    requireNonNull(section, "section");
    requireNonNull(rule, "rule");
    requireNonNull(path, "path");
    requireNonNull(at, "at");
    requireNonNull(expected, "expected");
  }

  /**
   * The paths of {@code policy} that mean none of a server's methods, deny rules first.
   *
   * @param fullMethodNames the server's methods as grpc-java names them, {@code
   *     package.Service/Method}
   */
  public static List<UnmatchedPath> in(AccessPolicy policy, Collection<String> fullMethodNames) {
    List<MethodPath> methods = fullMethodNames.stream().map(MethodPath::ofFullMethodName).toList();
    NearestMethod nearest = new NearestMethod(methods);
    return policy.layers().stream()
        .flatMap(UnmatchedPath::paths)
        .filter(found -> methods.stream().noneMatch(found.path()::matches))
        .map(found -> found.expecting(nearest))
        .toList();
  }

  private static Stream<UnmatchedPath> paths(AccessPolicy layer) {
    Stream<UnmatchedPath> ofRules =
        layer.rules().stream()
            .flatMap(
                rule ->
                    rule.paths().stream()
                        .map(path -> of(rule.section(), Optional.of(rule.name()), path)));
    Stream<UnmatchedPath> open =
        layer.publicMethods().stream()
            .map(path -> of(PolicySection.PUBLIC_METHODS, Optional.empty(), path));
    return Stream.concat(ofRules, open);
  }

  private static UnmatchedPath of(PolicySection section, Optional<RuleName> rule, PlacedPath path) {
    return new UnmatchedPath(section, rule, path.pattern(), path.at(), "");
  }

  private UnmatchedPath expecting(NearestMethod nearest) {
    return new UnmatchedPath(section, rule, path, at, nearest.expectedFor(path));
  }

  /** The path and what would be right, on one line without the place. */
  public String message() {
    return section
        + rule.map(name -> ", rule " + Printable.quoted(name.value())).orElse("")
        + ": "
        + Printable.quoted(path.text())
        + " matches no method of the server (expected: "
        + Printable.plain(expected)
        + ")";
  }

  /** One line: the place, then the {@link #message}. */
  @Override
  public String toString() {
    return at.map(place -> place + ": ").orElse("") + message();
  }
}
