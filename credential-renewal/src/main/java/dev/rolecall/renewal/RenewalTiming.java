package dev.rolecall.renewal;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * The sources of time and chance.
 *
 * @param clock the time of day, which ages credentials
 * @param ticker elapsed nanoseconds, for the pause after a failure
 * @param random numbers from 0 to 1, for the jitter of that pause
 */
public record RenewalTiming(Clock clock, LongSupplier ticker, DoubleSupplier random) {

  /** Checks that nothing is absent. */
  public RenewalTiming {
    requireNonNull(clock, "clock");
    requireNonNull(ticker, "ticker");
    requireNonNull(random, "random");
  }

  /** The same with another clock. */
  public RenewalTiming withClock(Clock other) {
    return new RenewalTiming(other, ticker, random);
  }

  /** The same with another ticker. */
  public RenewalTiming withTicker(LongSupplier other) {
    return new RenewalTiming(clock, other, random);
  }

  /** The same with another source of chance. */
  public RenewalTiming withRandom(DoubleSupplier other) {
    return new RenewalTiming(clock, ticker, other);
  }
}
