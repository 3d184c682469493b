package dev.rolecall.service.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A point in the history of a store.
 *
 * @param epoch names this history; another store, or one that was restored, has another
 * @param revision the newest revision; 0 before the first change
 * @param time the store's clock, in milliseconds
 */
public record Position(String epoch, long revision, Instant time) {

  /** Checks that nothing is null. */
  public Position {
    requireNonNull(epoch, "epoch");
    requireNonNull(time, "time");
  }
}
