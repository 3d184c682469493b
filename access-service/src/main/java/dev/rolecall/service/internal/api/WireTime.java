package dev.rolecall.service.internal.api;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.rolecall.identity.internal.InvalidValue;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Times of messages. */
final class WireTime {

  private static final int NANOS = 1_000_000_000;

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
   * The time of a message.
   *
   * @throws IllegalArgumentException if it is none that a timestamp can be
   */
  static Instant instant(String name, Timestamp time) {
    try {
      if (time.getNanos() >= 0 && time.getNanos() < NANOS) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
      }
    } catch (DateTimeException e) {
      throw outside(name, e);
    }
    throw outside(name, null);
  }

  private static IllegalArgumentException outside(String name, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        name + ": no time (expected: a timestamp of the years 1 to 9999)", cause);
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
