package dev.rolecall.service.store;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.Range;
import java.util.Optional;

/**
 * A page of a list that is asked for.
 *
 * @param size at most this many items: 1 to 500
 * @param cursor {@link Page#next} of the page before; empty for the first page
 */
public record PageKey(int size, Optional<String> cursor) {

  /** The most items of a page. */
  public static final int MOST = 500;

  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException if it breaks the rule above
   */
  public PageKey {
    requireNonNull(cursor, "cursor");
    Range.check("page size", size, 1, MOST);
  }

  /** The first page. */
  public static PageKey first(int size) {
    return new PageKey(size, Optional.empty());
  }
}
