package dev.rolecall.policytools.trail;

import java.util.HashMap;
import java.util.Map;

/** The ends of the files that servers deleted, by trail. */
final class Deletions {

  private final Map<String, Long> through = new HashMap<>();

  void add(NumberedLine deleted) {
    through.merge(
        deleted.text("unmapped.deleted_trail"),
        deleted.number("unmapped.deleted_through"),
        Math::max);
  }

  /** Whether the numbers of that trail up to that one went with files that were deleted. */
  boolean cover(String trail, long number) {
    return through.getOrDefault(trail, 0L) >= number;
  }
}
