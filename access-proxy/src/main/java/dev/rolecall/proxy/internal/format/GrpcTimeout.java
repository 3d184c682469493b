package dev.rolecall.proxy.internal.format;

import dev.rolecall.identity.internal.Alphabet;
import java.time.Duration;

/**
 * The header {@code grpc-timeout}.
 *
 * @see <a href="https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#requests">gRPC over
 *     HTTP/2, Timeout</a>
 */
public final class GrpcTimeout {

  /** The name. */
  public static final String NAME = "grpc-timeout";

  private static final int MOST_DIGITS = 8;
  private static final long MOST = 99_999_999;

  private GrpcTimeout() {}

  /** Whether the value is a timeout of at most that; not if it is none that can be read. */
  public static boolean isWithin(String value, Duration most) {
    int digits = value.length() - 1;
    if (digits < 1 || !Alphabet.DIGITS.spells(value.substring(0, digits), 1, MOST_DIGITS)) {
      return false;
    }
    long number = Long.parseLong(value.substring(0, digits));
    return switch (value.charAt(digits)) {
      case 'H' -> Duration.ofHours(number).compareTo(most) <= 0;
      case 'M' -> Duration.ofMinutes(number).compareTo(most) <= 0;
      case 'S' -> Duration.ofSeconds(number).compareTo(most) <= 0;
      case 'm' -> Duration.ofMillis(number).compareTo(most) <= 0;
      case 'u' -> Duration.ofNanos(number * 1_000).compareTo(most) <= 0;
      case 'n' -> Duration.ofNanos(number).compareTo(most) <= 0;
      default -> false;
    };
  }

  /** The value that says that time, of milliseconds as far as they have room. */
  public static String of(Duration time) {
    long millis = Math.max(1, time.toMillis());
    return millis <= MOST ? millis + "m" : Math.min(MOST, time.toSeconds()) + "S";
  }
}
