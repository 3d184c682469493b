package dev.rolecall.service.request;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.Range;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The content of a request, as its requester stated it. Two requests under one idempotency key are
 * the same if their contents are equal.
 *
 * @param requester the one who asks
 * @param beneficiary the one who gains
 * @param scope what for
 * @param why the reason and ticket
 * @param time how long, and from when
 * @param kind the kind
 */
public record Ask(
    Subject requester, Subject beneficiary, Scope scope, Why why, Time time, AskKind kind) {

  /**
   * Checks that the kind allows the rest.
   *
   * @throws IllegalArgumentException if emergency access or an extension has a start
   */
  public Ask {
    requireNonNull(requester, "requester");
    requireNonNull(beneficiary, "beneficiary");
    requireNonNull(scope, "scope");
    requireNonNull(why, "why");
    if (kind != AskKind.ORDINARY && time.startsAt().isPresent()) {
      throw new IllegalArgumentException(
          "starts_at: present (expected: absent, since emergency access and extensions start at"
              + " once)");
    }
  }

  /**
   * The reason and the ticket of a request.
   *
   * @param reason for people, if any
   * @param ticket the name of a ticket elsewhere, if any
   */
  public record Why(Optional<FreeText> reason, Optional<FreeText> ticket) {

    /** Checks that nothing is null. */
    public Why {
      requireNonNull(reason, "reason");
      requireNonNull(ticket, "ticket");
    }
  }

  /**
   * The time that is asked for, in whole milliseconds: the rest is cut off.
   *
   * @param duration how long: 1 ms to 3,660 days
   * @param startsAt when it is to start; empty for at once
   */
  public record Time(Duration duration, Optional<Instant> startsAt) {

    /** The longest duration. Rules are far stricter. */
    public static final Duration LONGEST = Duration.ofDays(3660);

    /**
     * Checks the duration.
     *
     * @throws IllegalArgumentException if it breaks the rule above
     */
    public Time {
      Range.check("duration", duration, Duration.ofMillis(1), LONGEST);
      duration = duration.truncatedTo(ChronoUnit.MILLIS);
      startsAt = startsAt.map(start -> start.truncatedTo(ChronoUnit.MILLIS));
    }

    /** That long, from the approval on. */
    public static Time of(Duration duration) {
      return new Time(duration, Optional.empty());
    }
  }
}
