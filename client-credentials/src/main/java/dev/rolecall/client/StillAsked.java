package dev.rolecall.client;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** In the place of what a place of the chain throws, while it has neither answered nor thrown. */
final class StillAsked extends TimeoutException {

  private static final long serialVersionUID = 1L;

  private final long seconds;

  /**
   * Asked that long.
   *
   * @param patience since somebody began to wait; told as a second where it is less
   */
  StillAsked(Duration patience) {
    this.seconds = Math.max(1, patience.toSeconds());
  }

  long seconds() {
    return seconds;
  }
}
