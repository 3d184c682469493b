package dev.rolecall.cli.console.web;

import java.time.Duration;
import java.util.function.LongSupplier;

/** The time since a person last did something at the page. Safe for use by many threads. */
public final class IdleWatch {

  private final Duration limit;
  private final LongSupplier ticker;
  private volatile long last;

  /**
   * Begins now.
   *
   * @param limit how long a console goes on without a person
   * @param ticker elapsed nanoseconds
   */
  public IdleWatch(Duration limit, LongSupplier ticker) {
    this.limit = limit;
    this.ticker = ticker;
    this.last = ticker.getAsLong();
  }

  /** How long a console goes on without a person. */
  public Duration limit() {
    return limit;
  }

  void touch() {
    last = ticker.getAsLong();
  }

  /** The time that is left; zero or less where it is over. */
  public Duration left() {
    return limit.minusNanos(ticker.getAsLong() - last);
  }
}
