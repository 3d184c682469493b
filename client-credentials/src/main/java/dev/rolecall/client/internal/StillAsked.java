package dev.rolecall.client.internal;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Stands for the exception of a place that has neither answered nor thrown yet. */
final class StillAsked extends TimeoutException {

  private static final long serialVersionUID = 1L;

  private final long seconds;

  /**
   * An exception of a place that was asked that long ago.
   *
   * @param patience the time since the wait began; less than a second counts as one
   */
  StillAsked(Duration patience) {
    this.seconds = Math.max(1, patience.toSeconds());
  }

  long seconds() {
    return seconds;
  }
}
