package dev.rolecall.policy;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A set of method patterns. Whole paths are looked up; those with a wildcard are tried in turn. */
record PathSet(Set<String> exact, List<String> starts) {

  static PathSet of(Collection<PlacedPath> paths) {
    return new PathSet(
        paths.stream()
            .map(PlacedPath::pattern)
            .filter(pattern -> !pattern.isPrefix())
            .map(MethodPattern::text)
            .collect(Collectors.toUnmodifiableSet()),
        paths.stream()
            .map(PlacedPath::pattern)
            .filter(MethodPattern::isPrefix)
            .map(MethodPattern::start)
            .toList());
  }

  boolean contains(MethodPath method) {
    if (exact.contains(method.value())) {
      return true;
    }
    for (String start : starts) {
      if (method.value().startsWith(start)) {
        return true;
      }
    }
    return false;
  }
}
