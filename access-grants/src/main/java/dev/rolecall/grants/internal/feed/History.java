package dev.rolecall.grants.internal.feed;

import dev.rolecall.grants.internal.known.News;
import dev.rolecall.grants.internal.known.Position;
import java.util.Optional;
import java.util.Set;

/**
 * The place in the service's history up to which this server knows all that it follows. Not safe
 * for use by several threads at once.
 */
final class History {

  private Position complete = Position.NONE;
  private Position seen = Position.NONE;
  private Set<String> covered = Set.of();

  /** The place to go on from with those permissions; {@link Position#NONE} to begin anew. */
  Position resumeWith(Set<String> permissions) {
    return covered.containsAll(permissions) ? complete : Position.NONE;
  }

  /** The furthest place that any news were of. */
  Position seen() {
    return seen;
  }

  /** All of those permissions is known up to there. */
  void completed(Position position, Set<String> permissions) {
    seen = position;
    complete = position;
    covered = Set.copyOf(permissions);
  }

  /** A part of the news up to there is known. */
  void partly(Position position) {
    seen = position;
  }

  /** The next subscription begins anew. */
  void forget() {
    complete = Position.NONE;
    seen = Position.NONE;
    covered = Set.of();
  }

  /**
   * The rule that news break by their place; empty if they may follow.
   *
   * @param whole whether they take the place of all that is known
   */
  Optional<String> flaw(News news, boolean whole) {
    if (!whole && !news.position().epoch().equals(seen.epoch())) {
      return Optional.of("another epoch without a reset");
    }
    // All there is comes from the beginning: its place counts once it is complete.
    boolean counts = !whole || !news.more();
    // A node that has read less than another before it: its news would bring back what was revoked.
    return counts && news.position().isBehind(seen)
        ? Optional.of("the revision went back")
        : Optional.empty();
  }
}
