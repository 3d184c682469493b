package dev.rolecall.stsemulator.network;

import static java.util.Objects.requireNonNull;

import dev.rolecall.stsemulator.Fault;
import dev.rolecall.stsemulator.internal.InvalidValue;
import java.time.Duration;

/**
 * A fault of a {@link FaultyConnection}: below HTTP, where a {@link Fault} of the emulator cannot
 * act. Immutable. It applies to each answer by itself, headers included.
 */
public final class NetworkFault {

  /** The end of an answer that is cut off. */
  enum Ending {
    /** The answer is not cut off. */
    NONE,
    /** With FIN: an orderly end, but too early. */
    CLOSED,
    /** With RST: the client's system learns that the connection is gone. */
    RESET,
    /** Not at all: the rest is held back, and the connection stays. */
    STALLED
  }

  static final NetworkFault NONE =
      new NetworkFault("none", Duration.ZERO, Integer.MAX_VALUE, Integer.MAX_VALUE, Ending.NONE);

  private static final Duration LONGEST = Duration.ofHours(1);

  private final String description;
  private final Duration beforeFirstByte;
  private final int bytesPerSecond;
  private final int bytesThrough;
  private final Ending ending;

  private NetworkFault(
      String description,
      Duration beforeFirstByte,
      int bytesPerSecond,
      int bytesThrough,
      Ending ending) {
    this.description = description;
    this.beforeFirstByte = beforeFirstByte;
    this.bytesPerSecond = bytesPerSecond;
    this.bytesThrough = bytesThrough;
    this.ending = ending;
  }

  /**
   * The connection is closed, in good order, after that many bytes of an answer.
   *
   * @param bytes 0 or more; with 0 there is no answer
   */
  public static NetworkFault closedAfter(int bytes) {
    return endingAfter("closed", bytes, Ending.CLOSED);
  }

  /**
   * The connection is reset (TCP RST) after that many bytes of an answer.
   *
   * @param bytes 0 or more; with 0 there is no answer
   */
  public static NetworkFault resetAfter(int bytes) {
    return endingAfter("reset", bytes, Ending.RESET);
  }

  /**
   * Nothing comes any more after that many bytes of an answer, and nothing ends.
   *
   * @param bytes 0 or more; with 0 there is no answer
   */
  public static NetworkFault stalledAfter(int bytes) {
    return endingAfter("stalled", bytes, Ending.STALLED);
  }

  private static NetworkFault endingAfter(String how, int bytes, Ending ending) {
    if (bytes < 0) {
      throw InvalidValue.of("bytes", bytes, "0 or more");
    }
    return new NetworkFault(
        how + " after " + bytes, Duration.ZERO, Integer.MAX_VALUE, bytes, ending);
  }

  /**
   * The answer as it is, its first byte late.
   *
   * @param delay the delay: up to one hour
   */
  public static NetworkFault slowFirstByte(Duration delay) {
    if (requireNonNull(delay, "delay").isNegative() || delay.compareTo(LONGEST) > 0) {
      throw InvalidValue.of("delay", delay, "PT0S to " + LONGEST);
    }
    return new NetworkFault(
        "first byte after " + delay, delay, Integer.MAX_VALUE, Integer.MAX_VALUE, Ending.NONE);
  }

  /**
   * The answer as it is, at that rate at most.
   *
   * @param bytesPerSecond at least 1
   */
  public static NetworkFault limitedTo(int bytesPerSecond) {
    if (bytesPerSecond < 1) {
      throw InvalidValue.of("bytesPerSecond", bytesPerSecond, "at least 1");
    }
    return new NetworkFault(
        bytesPerSecond + " bytes a second",
        Duration.ZERO,
        bytesPerSecond,
        Integer.MAX_VALUE,
        Ending.NONE);
  }

  Duration beforeFirstByte() {
    return beforeFirstByte;
  }

  int bytesPerSecond() {
    return bytesPerSecond;
  }

  int bytesThrough() {
    return bytesThrough;
  }

  Ending ending() {
    return ending;
  }

  @Override
  public String toString() {
    return "NetworkFault[" + description + "]";
  }
}
