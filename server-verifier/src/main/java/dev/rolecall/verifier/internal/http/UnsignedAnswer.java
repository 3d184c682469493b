package dev.rolecall.verifier.internal.http;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * An answer to a request without a signature. It holds no secret: the request had none.
 *
 * @param status HTTP's
 * @param text the body
 * @param date the {@code Date} header's; empty where there is none that can be read
 */
public record UnsignedAnswer(int status, String text, Optional<Instant> date) {

  /** Checks that nothing is absent. */
  public UnsignedAnswer {
    requireNonNull(text, "text");
    requireNonNull(date, "date");
  }
}
