package dev.rolecall.grants.client;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * The coming end of a call's access.
 *
 * @param method the full name of the method: {@code orders.v1.Orders/Watch}
 * @param endsAt when the access ends, by the access service's clock
 * @param left the time until then, by this client's clock; zero if it is over by that
 */
public record AccessEnding(String method, Instant endsAt, Duration left) {

  /** Checks that nothing is absent. */
  public AccessEnding {
    requireNonNull(method, "method");
    requireNonNull(endsAt, "endsAt");
    requireNonNull(left, "left");
  }

  /** A listener to ends that come. */
  @FunctionalInterface
  public interface Listener {

    /**
     * The access of a live call ends soon. Runs on the timer's thread, or on that of the call's
     * headers if little time is left, and must not block.
     */
    void accessEnds(AccessEnding ending);
  }
}
