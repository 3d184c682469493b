package dev.rolecall.policy.document;

import dev.rolecall.policy.MethodPattern;
import dev.rolecall.policy.PlacedPath;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An index of the public paths that finds one with a method in common with another path. It takes
 * one look-up, since a policy may list tens of thousands of both.
 */
final class PublicMethodIndex {

  /** Every path by its text before the wildcard. */
  private final NavigableMap<String, PlacedPath> all = new TreeMap<>();

  /**
   * Those with a wildcard, less those that another one covers. None begins like another, so the one
   * that a text begins with, if there is one, is the nearest below that text.
   */
  private final NavigableMap<String, PlacedPath> widest = new TreeMap<>();

  private PublicMethodIndex(Collection<PlacedPath> paths) {
    NavigableMap<String, PlacedPath> starts = new TreeMap<>();
    for (PlacedPath path : paths) {
      all.putIfAbsent(path.pattern().start(), path);
      if (path.pattern().isPrefix()) {
        starts.putIfAbsent(path.pattern().start(), path);
      }
    }
    starts.forEach(
        (start, path) -> {
          if (coveringOf(start).isEmpty()) {
            widest.put(start, path);
          }
        });
  }

  static PublicMethodIndex of(Collection<PlacedPath> paths) {
    return new PublicMethodIndex(paths);
  }

  /** A public path of which {@code pattern} means a method too. */
  Optional<PlacedPath> sharing(MethodPattern pattern) {
    return coveringOf(pattern.start()).or(() -> coveredBy(pattern));
  }

  private Optional<PlacedPath> coveringOf(String start) {
    return Optional.ofNullable(widest.floorEntry(start))
        .filter(below -> start.startsWith(below.getKey()))
        .map(Map.Entry::getValue);
  }

  private Optional<PlacedPath> coveredBy(MethodPattern pattern) {
    if (!pattern.isPrefix()) {
      return Optional.ofNullable(all.get(pattern.text()));
    }
    return Optional.ofNullable(all.ceilingEntry(pattern.start()))
        .filter(above -> above.getKey().startsWith(pattern.start()))
        .map(Map.Entry::getValue);
  }
}
