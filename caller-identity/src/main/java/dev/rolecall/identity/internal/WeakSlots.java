package dev.rolecall.identity.internal;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * A table of values that belong to objects, such as connections, for what is read on each call. An
 * object has the one slot that its identity hash names; reading it allocates nothing.
 *
 * <p>Key: the object, weakly and by identity. Size: at most one value a slot. Lifetime: until the
 * object is collected and another comes, or another takes the slot. A collision costs making a
 * value again, never a wrong answer. Safe for use by many threads.
 */
public final class WeakSlots<K, V> {

  /** An atomic array would be one more object to go through on each call. */
  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Slot[].class);

  private final @Nullable Slot<K, V>[] slots;

  /** Beside the array, so that a processor need not wait for the array's length. */
  private final int mask;

  private final ReferenceQueue<K> gone = new ReferenceQueue<>();

  /**
   * A table without values.
   *
   * @param size the number of slots, a power of two
   */
  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
  public WeakSlots(int size) {
    if (Integer.bitCount(size) != 1) {
      throw new IllegalArgumentException("slots: " + size + " (expected: a power of two)");
    }
    this.slots = new Slot[size];
    this.mask = size - 1;
  }

  /** The value that belongs to the object; null if its slot holds none or another object's. */
  public @Nullable V get(K key) {
    Slot<K, V> slot = at(indexOf(key));
    return slot != null && slot.refersTo(key) ? slot.value : null;
  }

  /** Keeps the value for the object, in place of whatever its slot holds. */
  public void put(K key, V value) {
    requireNonNull(value, "value");
    clearGone();
    int index = indexOf(key);
    SLOT.setVolatile(slots, index, new Slot<>(key, gone, index, value));
  }

  /** Keeps the value for the object, unless its slot holds one of an object that lives. */
  public void putIfFree(K key, V value) {
    requireNonNull(value, "value");
    clearGone();
    int index = indexOf(key);
    if (at(index) == null) {
      SLOT.compareAndSet(slots, index, null, new Slot<>(key, gone, index, value));
    }
  }

  /** Keeps no value. */
  public void clear() {
    for (int i = 0; i < slots.length; i++) {
      SLOT.setVolatile(slots, i, null);
    }
  }

  @SuppressWarnings("unchecked") // only such are put in
  private @Nullable Slot<K, V> at(int index) {
    return (Slot<K, V>) SLOT.getAcquire(slots, index);
  }

  private int indexOf(K key) {
    return System.identityHashCode(key) & mask;
  }

  private void clearGone() {
    for (Reference<?> each = gone.poll(); each != null; each = gone.poll()) {
      // All in the queue are slots; another may have taken the place of this one.
      Slot<?, ?> slot = (Slot<?, ?>) each;
      SLOT.compareAndSet(slots, slot.index, slot, null);
    }
  }

  private static final class Slot<K, V> extends WeakReference<K> {

    private final int index;
    private final V value;

    Slot(K key, ReferenceQueue<K> gone, int index, V value) {
      super(key, gone);
      this.index = index;
      this.value = value;
    }
  }
}
