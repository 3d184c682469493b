package dev.rolecall.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The admitted calls whose last event has not come.
 *
 * <p>Every call passes through here twice. Most find a free place at random, which costs one atomic
 * operation to take and none to leave; a call that meets only taken places goes to a set. A set of
 * all calls, or a timer for each, would cost more than the rest of the check.
 */
final class LiveCalls {

  static final int PLACES = 1_024;

  private static final int TRIES = 4;

  private final AtomicReferenceArray<@Nullable AdmittedCall<?>> places =
      new AtomicReferenceArray<>(PLACES);
  private final Set<AdmittedCall<?>> others = ConcurrentHashMap.newKeySet();

  /** Adds a call. Once only. */
  void add(AdmittedCall<?> call) {
    int from = ThreadLocalRandom.current().nextInt();
    for (int i = 0; i < TRIES; i++) {
      int place = (from + i) & (PLACES - 1);
      if (places.get(place) == null && places.compareAndSet(place, null, call)) {
        call.place = place;
        return;
      }
    }
    others.add(call);
  }

  /**
   * Removes a call; does nothing if it is not here. Called from its events, of which gRPC delivers
   * one at a time: so no other thread can free its place meanwhile.
   */
  void remove(AdmittedCall<?> call) {
    int place = call.place;
    if (place < 0) {
      others.remove(call);
    } else if (places.get(place) == call) {
      places.setRelease(place, null);
    }
  }

  /** The calls at this moment. */
  List<AdmittedCall<?>> snapshot() {
    List<AdmittedCall<?>> calls = new ArrayList<>(PLACES + others.size());
    for (int i = 0; i < PLACES; i++) {
      AdmittedCall<?> call = places.get(i);
      if (call != null) {
        calls.add(call);
      }
    }
    others.forEach(calls::add);
    return calls;
  }

  int size() {
    return snapshot().size();
  }
}
