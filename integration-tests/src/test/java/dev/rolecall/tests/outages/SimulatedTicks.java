package dev.rolecall.tests.outages;

import dev.rolecall.tests.fixture.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/** Elapsed time by a test's clock, so that pauses and caches follow it. */
record SimulatedTicks(MutableClock clock, Instant start) implements LongSupplier {

  SimulatedTicks(MutableClock clock) {
    this(clock, clock.instant());
  }

  @Override
  public long getAsLong() {
    return Duration.between(start, clock.instant()).toNanos();
  }
}
