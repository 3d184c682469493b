package dev.rolecall.grants.client;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Instant;
import java.util.function.LongSupplier;

/** The clock and the ticker of a client: the platform's unless a test has its own. */
final class ClientTime {

  private final Clock clock;
  private final LongSupplier ticker;

  ClientTime() {
    this(Clock.systemUTC(), System::nanoTime);
  }

  ClientTime(Clock clock, LongSupplier ticker) {
    this.clock = requireNonNull(clock, "clock");
    this.ticker = requireNonNull(ticker, "ticker");
  }

  /** Wall time. */
  Instant now() {
    return clock.instant();
  }

  /** Elapsed nanoseconds, from any origin. */
  long ticks() {
    return ticker.getAsLong();
  }
}
