package dev.rolecall.policytools.compare;

import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.MethodPattern;
import dev.rolecall.policy.PlacedPath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A method that stands for all methods that no path of some policies tells from it.
 *
 * <p>The paths that mean a method depend on two things: whether it is one of the whole paths, and
 * the longest start that it begins with. It begins with every shorter start of that one too. So one
 * method for each whole path and one for each start are enough.
 */
record RepresentativeMethod(MethodPath method, MethodPattern means) {

  static List<RepresentativeMethod> allOf(
      Collection<AccessPolicy> policies, Collection<MethodPath> further) {
    NavigableSet<String> whole = new TreeSet<>();
    NavigableSet<String> starts = new TreeSet<>();
    further.forEach(method -> whole.add(method.value()));
    policies.stream()
        .flatMap(policy -> policy.layers().stream())
        .flatMap(RepresentativeMethod::paths)
        .forEach(path -> (path.isPrefix() ? starts : whole).add(path.start()));
    List<RepresentativeMethod> samples = new ArrayList<>();
    for (String path : whole) {
      samples.add(new RepresentativeMethod(MethodPath.parse(path), MethodPattern.parse(path)));
    }
    for (String start : starts) {
      otherThan(whole, starts, start)
          .ifPresent(
              other ->
                  samples.add(
                      new RepresentativeMethod(
                          MethodPath.parse(other), MethodPattern.parse(start + "*"))));
    }
    return samples;
  }

  /** Every path of a policy alone, public ones too. */
  static Stream<MethodPattern> paths(AccessPolicy layer) {
    return Stream.concat(
            layer.rules().stream().flatMap(rule -> rule.paths().stream()),
            layer.publicMethods().stream())
        .map(PlacedPath::pattern);
  }

  /** A method with that start, which is not one of the whole paths and has no longer start. */
  private static Optional<String> otherThan(
      NavigableSet<String> whole, NavigableSet<String> starts, String start) {
    return completions(start)
        .filter(MethodPath::isValid)
        .filter(method -> !whole.contains(method))
        .filter(
            method ->
                starts.tailSet(start, false).stream()
                    .takeWhile(longer -> longer.startsWith(start))
                    .noneMatch(method::startsWith))
        .findFirst();
  }

  /**
   * One more character of each kind, then the start as it is. {@code ~} comes first: no name in a
   * .proto file has it, so in a policy for such names it is always free.
   */
  private static Stream<String> completions(String start) {
    Stream<String> further =
        Stream.iterate('~', c -> c > ' ', c -> (char) (c - 1))
            .map(c -> start.indexOf('/', 1) < 0 ? start + c + "/~" : start + c);
    Stream<String> asIs = start.indexOf('/', 1) < 0 ? Stream.of(start + "/~") : Stream.of(start);
    return Stream.concat(further, asIs);
  }
}
