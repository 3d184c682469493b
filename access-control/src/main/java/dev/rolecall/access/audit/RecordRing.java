package dev.rolecall.access.audit;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue for many threads that put and one that takes. Nothing in it waits or allocates.
 *
 * <p>A thread that puts takes a place by counting {@code tail} on, and then fills it. The one that
 * takes empties a place before it counts {@code head} on, so a place that is counted free is empty.
 *
 * @param <E> an element
 */
final class RecordRing<E> {

  private final AtomicReferenceArray<@Nullable E> places;
  private final int mask;
  private final AtomicLong tail = new AtomicLong();
  private final AtomicLong head = new AtomicLong();

  /**
   * An empty ring.
   *
   * @param capacity a power of two
   */
  RecordRing(int capacity) {
    this.places = new AtomicReferenceArray<>(capacity);
    this.mask = capacity - 1;
  }

  /** Puts an element; false if there is no place. */
  boolean offer(E element) {
    long place;
    do {
      place = tail.get();
      if (place - head.get() > mask) {
        return false;
      }
    } while (!tail.compareAndSet(place, place + 1));
    places.lazySet((int) place & mask, element);
    return true;
  }

  /** Takes the oldest; null if there is none, or the thread that puts it is not done yet. */
  @Nullable E poll() {
    long place = head.get();
    int index = (int) place & mask;
    E element = places.get(index);
    if (element != null) {
      places.lazySet(index, null);
      head.lazySet(place + 1);
    }
    return element;
  }

  /** Whether about half of the places are taken. */
  boolean isHalfFull() {
    return size() > mask / 2;
  }

  /** How many places are taken; while others put and take, about that many. */
  int size() {
    return (int) (tail.get() - head.get());
  }
}
