package dev.rolecall.service.internal.api;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.rolecall.identity.internal.InvalidValue;
import java.time.Instant;

/** Times of messages. */
final class WireTime {

  private static final int NANOS = 1_000_000_000;

  /** The last second of the year 9999. */
  private static final long LAST_SECOND = 253_402_300_799L;

  private WireTime() {}

  static Timestamp of(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }

  static Duration of(java.time.Duration time) {
    return Duration.newBuilder().setSeconds(time.getSeconds()).setNanos(time.getNano()).build();
  }

  /**
   * The time of a message, which the feed can tell too: milliseconds above zero.
   *
   * @throws IllegalArgumentException if it is before or at the begin of 1970, or after 9999
   */
  static Instant instant(String name, Timestamp time) {
    if (time.getSeconds() < 1
        || time.getSeconds() > LAST_SECOND
        || time.getNanos() < 0
        || time.getNanos() >= NANOS) {
      throw new IllegalArgumentException(
          name + ": out of range (expected: a timestamp of the years 1970 to 9999)");
    }
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }

  /**
   * The positive length of time of a message.
   *
   * @throws IllegalArgumentException if it is not above zero, or none that a duration can be
   */
  static java.time.Duration duration(String name, Duration time) {
    if (time.getSeconds() < 0
        || time.getSeconds() > Integer.MAX_VALUE
        || time.getNanos() < 0
        || time.getNanos() >= NANOS
        || (time.getSeconds() == 0 && time.getNanos() < 1_000_000)) {
      throw InvalidValue.of(name, time.getSeconds() + " s", "a time above zero, such as one hour");
    }
    return java.time.Duration.ofSeconds(time.getSeconds(), time.getNanos());
  }
}
