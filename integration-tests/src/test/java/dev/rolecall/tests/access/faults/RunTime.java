package dev.rolecall.tests.access.faults;

import com.google.protobuf.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * The time of a run: nanoseconds since it began. The database's clock is the machine's, so its
 * times can be told in it.
 */
final class RunTime {

  /** Later than any time of a run. */
  static final long NEVER = Long.MAX_VALUE / 4;

  private final long began = System.nanoTime();
  private final Clock wall = Clock.systemUTC();

  long now() {
    return System.nanoTime() - began;
  }

  /** A time of the database. */
  long at(Timestamp stated) {
    Instant instant = Instant.ofEpochSecond(stated.getSeconds(), stated.getNanos());
    return now() + Duration.between(wall.instant(), instant).toNanos();
  }

  static long millis(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /** A time in seconds, for people. */
  static String text(long time) {
    return time >= NEVER ? "never" : "%.3f s".formatted(time / 1e9);
  }
}
