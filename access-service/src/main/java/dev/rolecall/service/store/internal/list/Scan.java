package dev.rolecall.service.store.internal.list;

import dev.rolecall.service.store.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Fills a page from a list of rows, some of which a filter leaves out. Reads a bounded number of
 * rows for one page.
 *
 * @param batches reads the rows after a cursor, at most so many
 * @param cursors the cursor of a row
 */
record Scan<T>(BiFunction<Cursor, Integer, List<T>> batches, Function<T, Cursor> cursors) {

  private static final int MOST_ROWS = 5000;
  private static final int BATCH = 500;

  Page<T> page(Cursor from, int size, Predicate<? super T> filter) {
    List<T> items = new ArrayList<>();
    Cursor last = from;
    for (int scanned = 0; scanned < MOST_ROWS; scanned += BATCH) {
      int batch = Math.min(BATCH, size + 1 + scanned);
      List<T> rows = batches.apply(last, batch);
      for (T row : rows) {
        if (filter.test(row)) {
          if (items.size() == size) {
            return new Page<>(items, Optional.of(last.text()));
          }
          items.add(row);
        }
        last = cursors.apply(row);
      }
      if (rows.size() < batch) {
        return new Page<>(items, Optional.empty());
      }
    }
    return new Page<>(items, Optional.of(last.text()));
  }
}
