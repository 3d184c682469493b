package dev.rolecall.service.request;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.grant.ResourceName;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The part of a request that a reviewer approves. The narrowest of all approvals counts.
 *
 * @param duration a shorter time; empty for the time asked for
 * @param resources fewer resources; none for those asked for
 */
public record Narrowing(Optional<Duration> duration, List<ResourceName> resources) {

  /** All that was asked for. */
  public static final Narrowing NONE = new Narrowing(Optional.empty(), List.of());

  /**
   * Cuts the duration to milliseconds, and sorts the resources.
   *
   * @throws IllegalArgumentException if the duration is under a millisecond
   */
  public Narrowing {
    requireNonNull(duration, "duration");
    duration = duration.map(time -> time.truncatedTo(ChronoUnit.MILLIS));
    if (duration.isPresent() && (duration.get().isZero() || duration.get().isNegative())) {
      throw new IllegalArgumentException(
          "duration: " + duration.get() + " (expected: at least PT0.001S)");
    }
    resources = resources.stream().distinct().sorted().toList();
  }
}
