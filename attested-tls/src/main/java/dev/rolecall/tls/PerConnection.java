package dev.rolecall.tls;

import io.grpc.Attributes;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;

/**
 * One value for each connection, found by the identity of the transport's attributes: gRPC hands
 * out one object for all calls of a connection.
 *
 * <p>Remembers at most 64 connections, each in the one slot its identity hash names: a collision
 * costs making the value again, never a wrong answer. Holds attributes weakly, so no connection or
 * TLS session lives on through it.
 */
final class PerConnection<T> {

  private static final int SLOTS = 64;

  private final Function<Attributes, T> first;
  private final AtomicReferenceArray<Slot<T>> slots = new AtomicReferenceArray<>(SLOTS);

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
    slots.set(index, new Slot<>(transport, value));
    return value;
  }

  private static final class Slot<T> extends WeakReference<Attributes> {

    private final T value;

    Slot(Attributes transport, T value) {
      super(transport);
      this.value = value;
    }
  }
}
