package dev.rolecall.grants.internal.known;

import java.time.Duration;
import java.util.Set;

/**
 * The permissions that are required, and the time that their grants may take to come. The question
 * takes no lock; the rest is for one thread at a time.
 */
final class Awaited {

  /** A service answers a subscription within milliseconds; the time for another node is in it. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private Set<String> required = Set.of();
  private volatile long until;

  /** Nothing is awaited at that moment. */
  Awaited(long ticks) {
    this.until = ticks;
  }

  /** Those are required from that moment on. The same ones again win no time. */
  void require(Set<String> permissions, long ticks) {
    if (!required.equals(permissions)) {
      required = Set.copyOf(permissions);
      until = ticks + PATIENCE.toNanos();
    }
  }

  /** Whether what is not known yet may still come. */
  boolean isAt(long ticks) {
    return ticks - until < 0;
  }
}
