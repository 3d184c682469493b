package dev.rolecall.access.internal.limits;

import static java.util.Objects.requireNonNull;

/**
 * A look-up that waits until its issuer has answered the verifier's own question. It holds a place
 * in the queue, and none of those that look-ups under way share.
 *
 * @param place the place in the queue
 */
public record QueuedEntry(Place place) implements Entry {

  /** Checks that nothing is absent. */
  public QueuedEntry {
    requireNonNull(place, "place");
  }

  @Override
  public void giveBack() {
    place.release();
  }
}
