package dev.rolecall.cli.access.view;

import com.google.protobuf.Timestamp;
import dev.rolecall.cli.arguments.ExpiryArgument;
import dev.rolecall.cli.failure.CommandFailure;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.UnaryOperator;

/** Times and durations of the service: in UTC as RFC 3339 has them, and as ISO 8601 has them. */
public final class Times {

  private static final String NONE = "";

  private Times() {}

  /** A time in whole seconds; empty where it is not set. */
  public static String text(boolean isSet, Timestamp time) {
    return isSet ? text(time, ChronoUnit.SECONDS) : NONE;
  }

  /** A time with all its digits; empty where it is not set. */
  static String exact(boolean isSet, Timestamp time) {
    return isSet ? text(time, ChronoUnit.NANOS) : NONE;
  }

  /** A server's word: it may be beyond every calendar. */
  private static String text(Timestamp time, ChronoUnit unit) {
    try {
      return Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).truncatedTo(unit).toString();
    } catch (DateTimeException | ArithmeticException e) {
      return "no time";
    }
  }

  /** A duration; empty where it is not set. */
  static String text(boolean isSet, com.google.protobuf.Duration duration) {
    if (!isSet) {
      return NONE;
    }
    try {
      return Duration.ofSeconds(duration.getSeconds(), duration.getNanos()).toString();
    } catch (ArithmeticException e) {
      return "no duration";
    }
  }

  /** A time as the service reads it. */
  private static Timestamp message(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }

  /**
   * The time that an option states, as the service reads it.
   *
   * @throws CommandFailure if no calendar has it
   */
  public static Timestamp stated(String option, ExpiryArgument given) {
    return stated(option, given::from);
  }

  /**
   * The time of the past that an option states, as the service reads it.
   *
   * @throws CommandFailure if no calendar has it
   */
  public static Timestamp past(String option, ExpiryArgument given) {
    return stated(option, given::ago);
  }

  private static Timestamp stated(String option, UnaryOperator<Instant> given) {
    try {
      return message(given.apply(Clock.systemUTC().instant()));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(option + ": " + e.getMessage(), e);
    }
  }

  /** A duration as the service reads it. */
  public static com.google.protobuf.Duration message(Duration duration) {
    return com.google.protobuf.Duration.newBuilder()
        .setSeconds(duration.getSeconds())
        .setNanos(duration.getNano())
        .build();
  }
}
