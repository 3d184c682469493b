package dev.rolecall.service.store;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.InvalidValue;
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
    if (size < 1 || size > MOST) {
      throw InvalidValue.of("page size", Integer.toString(size), "1 to " + MOST);
    }
  }

  /** The first page. */
  public static PageKey first(int size) {
    return new PageKey(size, Optional.empty());
  }
}
