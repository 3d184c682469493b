package dev.rolecall.tls;

import io.grpc.Attributes;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One value for each connection, found by the identity of the transport's attributes: gRPC hands
 * out one object for all calls of a connection.
 *
 * <p>Remembers at most 64 connections, each in the one slot its identity hash names: a collision
 * costs making the value again, never a wrong answer. Holds attributes weakly, so no connection or
 * TLS session lives on through it; a value goes once its connection is collected and another comes.
 */
final class PerConnection<T> {

  private static final int SLOTS = 64;

  private final Function<Attributes, T> first;
  private final AtomicReferenceArray<@Nullable Slot<T>> slots = new AtomicReferenceArray<>(SLOTS);
  private final ReferenceQueue<Attributes> gone = new ReferenceQueue<>();

  /**
   * None yet.
   *
   * @param first called with a connection's attributes when they are first seen, or seen again
   *     after a collision
   */
  PerConnection(Function<Attributes, T> first) {
    this.first = first;
  }

  T on(Attributes transport) {
    int index = System.identityHashCode(transport) & (SLOTS - 1);
    Slot<T> slot = slots.get(index);
    if (slot != null && slot.refersTo(transport)) {
      return slot.value;
    }
    T value = first.apply(transport);
    clearGone();
    slots.set(index, new Slot<>(transport, gone, index, value));
    return value;
  }

  private void clearGone() {
    for (Reference<?> each = gone.poll(); each != null; each = gone.poll()) {
      // Whatever is in the queue is a slot; another may have taken its place.
      Slot<?> slot = (Slot<?>) each;
      slots.updateAndGet(slot.index, held -> held == slot ? null : held);
    }
  }

  private static final class Slot<T> extends WeakReference<Attributes> {

    private final int index;
    private final T value;

    Slot(Attributes transport, ReferenceQueue<Attributes> gone, int index, T value) {
      super(transport, gone);
      this.index = index;
      this.value = value;
    }
  }
}
