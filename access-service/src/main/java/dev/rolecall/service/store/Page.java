package dev.rolecall.service.store;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A page of a list. It may have fewer items than were asked for, or none, and still have a next
 * page: the store looks at 5,000 rows at most for one page, and passes over 50,000 events.
 *
 * @param items the items
 * @param next the cursor of the next page, opaque; empty after the last page
 */
public record Page<T>(List<T> items, Optional<String> next) {

  /** Copies the items. */
  public Page {
    items = List.copyOf(items);
    requireNonNull(next, "next");
  }

  /** The same page with other items. */
  public <R> Page<R> map(Function<? super T, ? extends R> change) {
    return new Page<>(items.stream().<R>map(change).toList(), next);
  }
}
