package dev.rolecall.stsemulator;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What goes wrong on a {@link BadLine}: below HTTP, where a {@link Fault} of the emulator cannot
 * reach. Immutable. It applies to each answer of its own, headers included.
 */
public final class LineFault {

  /** How an answer ends that does not get through. */
  enum Ending {
    /** It gets through. */
    NONE,
    /** With FIN: an orderly end, but too early. */
    CLOSED,
    /** With RST: the client's system is told that there is no such connection. */
    RESET,
    /** Not at all: the rest is held back, and the connection stays. */
    STALLED
  }

  static final LineFault NONE =
      new LineFault("none", Duration.ZERO, Integer.MAX_VALUE, Integer.MAX_VALUE, Ending.NONE);

  private static final Duration LONGEST = Duration.ofHours(1);

  private final String description;
  private final Duration beforeFirstByte;
  private final int bytesPerSecond;
  private final int bytesThrough;
  private final Ending ending;

  private LineFault(
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
  public static LineFault closedAfter(int bytes) {
    return endingAfter("closed", bytes, Ending.CLOSED);
  }

  /**
   * The connection is reset (TCP RST) after that many bytes of an answer.
   *
   * @param bytes 0 or more; with 0 there is no answer
   */
  public static LineFault resetAfter(int bytes) {
    return endingAfter("reset", bytes, Ending.RESET);
  }

  /**
   * Nothing comes any more after that many bytes of an answer, and nothing ends.
   *
   * @param bytes 0 or more; with 0 there is no answer
   */
  public static LineFault stalledAfter(int bytes) {
    return endingAfter("stalled", bytes, Ending.STALLED);
  }

  private static LineFault endingAfter(String how, int bytes, Ending ending) {
    if (bytes < 0) {
      throw Rule.broken("bytes", bytes, "0 or more");
    }
    return new LineFault(how + " after " + bytes, Duration.ZERO, Integer.MAX_VALUE, bytes, ending);
  }

  /**
   * The answer as it is, its first byte late.
   *
   * @param delay how late: up to one hour
   */
  public static LineFault slowFirstByte(Duration delay) {
    if (requireNonNull(delay, "delay").isNegative() || delay.compareTo(LONGEST) > 0) {
      throw Rule.broken("delay", delay, "PT0S to " + LONGEST);
    }
    return new LineFault(
        "first byte after " + delay, delay, Integer.MAX_VALUE, Integer.MAX_VALUE, Ending.NONE);
  }

  /**
   * The answer as it is, at that rate at most.
   *
   * @param bytesPerSecond at least 1
   */
  public static LineFault limitedTo(int bytesPerSecond) {
    if (bytesPerSecond < 1) {
      throw Rule.broken("bytesPerSecond", bytesPerSecond, "at least 1");
    }
    return new LineFault(
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
    return "LineFault[" + description + "]";
  }
}
