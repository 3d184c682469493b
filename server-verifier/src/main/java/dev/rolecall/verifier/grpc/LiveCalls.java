package dev.rolecall.verifier.grpc;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The admitted calls whose last event has not come.
 *
 * <p>Every call passes through here twice, so it costs two short locks and no allocation: the calls
 * themselves are the links of a few lists, and threads spread over the lists. A map of calls, or a
 * timer for each, would cost more than the rest of the check.
 */
final class LiveCalls {

  private static final int STRIPES = 16;

  private static final class Stripe {
    @Nullable AdmittedCall<?> first;
    int size;
  }

  private final Stripe[] stripes = new Stripe[STRIPES];

  LiveCalls() {
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new Stripe();
    }
  }

  /** Adds a call. Once only. */
  void add(AdmittedCall<?> call) {
    int index = Thread.currentThread().hashCode() & (STRIPES - 1);
    Stripe stripe = stripes[index];
    synchronized (stripe) {
      call.stripe = index;
      call.next = stripe.first;
      if (stripe.first != null) {
        stripe.first.previous = call;
      }
      stripe.first = call;
      stripe.size++;
    }
  }

  /** Removes a call; does nothing if it is not here. */
  void remove(AdmittedCall<?> call) {
    int index = call.stripe;
    if (index < 0) {
      return;
    }
    Stripe stripe = stripes[index];
    synchronized (stripe) {
      if (call.stripe < 0) {
        return;
      }
      AdmittedCall<?> previous = call.previous;
      AdmittedCall<?> next = call.next;
      if (previous == null) {
        stripe.first = next;
      } else {
        previous.next = next;
      }
      if (next != null) {
        next.previous = previous;
      }
      call.previous = null;
      call.next = null;
      call.stripe = -1;
      stripe.size--;
    }
  }

  /** The calls at this moment. */
  List<AdmittedCall<?>> snapshot() {
    List<AdmittedCall<?>> calls = new ArrayList<>();
    for (Stripe stripe : stripes) {
      synchronized (stripe) {
        for (AdmittedCall<?> call = stripe.first; call != null; call = call.next) {
          calls.add(call);
        }
      }
    }
    return calls;
  }

  int size() {
    int size = 0;
    for (Stripe stripe : stripes) {
      synchronized (stripe) {
        size += stripe.size;
      }
    }
    return size;
  }
}
