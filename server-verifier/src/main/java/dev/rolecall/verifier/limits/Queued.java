package dev.rolecall.verifier.limits;

import static java.util.Objects.requireNonNull;

/**
 * A look-up that waits until its endpoint has answered the verifier's own question. It holds a
 * place in the queue, and none of those that look-ups under way share.
 *
 * @param place the place in the queue
 */
public record Queued(Place place) implements Entry {

  /** Checks that nothing is absent. */
  public Queued {
    requireNonNull(place, "place");
  }

  @Override
  public void giveBack() {
    place.release();
  }
}
