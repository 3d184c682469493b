package dev.rolecall.service.internal.feed;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A bounded number of places at a node. One party has at most half of them, so that it cannot keep
 * others out. Safe for use by many threads; never blocks.
 *
 * @param <T> those who have a place
 */
public final class Places<T> {

  private final Set<T> taken = ConcurrentHashMap.newKeySet();
  private final int most;

  /** Why there is no place. */
  public enum Lack {
    /** All are taken. */
    OF_ALL,
    /** The party has its half. */
    OF_PARTY
  }

  /**
   * Places that are free.
   *
   * @param most how many there are: 1 or more
   */
  public Places(int most) {
    this.most = most;
  }

  /**
   * Gives a place, to one after the other.
   *
   * @param isOfSameParty tells those of the same party
   * @return why there is none; empty if it was given
   */
  public synchronized Optional<Lack> take(T holder, Predicate<T> isOfSameParty) {
    if (taken.size() >= most) {
      return Optional.of(Lack.OF_ALL);
    }
    if (taken.stream().filter(isOfSameParty).count() >= half()) {
      return Optional.of(Lack.OF_PARTY);
    }
    taken.add(holder);
    return Optional.empty();
  }

  /** How many places there are. */
  public int most() {
    return most;
  }

  /** How many places one party may have. */
  public int half() {
    return (most + 1) / 2;
  }

  /** Frees a place, if it was taken. */
  public void leave(T holder) {
    taken.remove(holder);
  }

  /** Does that with each who has a place. */
  public void forEach(Consumer<T> action) {
    taken.forEach(action);
  }

  /** How many are taken. */
  public int taken() {
    return taken.size();
  }
}
