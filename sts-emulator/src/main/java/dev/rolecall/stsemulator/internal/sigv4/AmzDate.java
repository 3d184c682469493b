package dev.rolecall.stsemulator.internal.sigv4;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * The date of a signature, {@code X-Amz-Date}.
 *
 * @param text the date as it was sent
 * @param instant the same date as an instant
 */
record AmzDate(String text, Instant instant) {

  /** Checks that nothing is absent. */
  AmzDate {
    requireNonNull(text, "text");
    requireNonNull(instant, "instant");
  }
}
