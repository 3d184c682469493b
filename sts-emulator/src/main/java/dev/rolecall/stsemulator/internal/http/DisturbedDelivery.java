package dev.rolecall.stsemulator.internal.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** The true answer, sent late, in parts or not at all. */
public final class DisturbedDelivery extends AnswerFault {

  private static final byte[] BLANKS = " ".repeat(8 * 1024).getBytes(US_ASCII);

  /** Enough to outrun any reader without keeping a core busy. */
  private static final Duration BETWEEN_CHUNKS = Duration.ofMillis(1);

  private final Delivery delivery;
  private final boolean wholeInTheEnd;

  private DisturbedDelivery(String description, boolean wholeInTheEnd, Delivery delivery) {
    super(description);
    this.wholeInTheEnd = wholeInTheEnd;
    this.delivery = delivery;
  }

  /** The answer after that time. */
  public static AnswerFault late(Duration delay) {
    return new DisturbedDelivery(
        "delayed by " + delay,
        true,
        (answer, channel) -> channel.later(delay, () -> Delivery.WHOLE.send(answer, channel)));
  }

  /** The answer, so many bytes at a time with a pause between. */
  public static AnswerFault inDrops(int bytes, Duration pause) {
    return new DisturbedDelivery(
        "dripping",
        true,
        (answer, channel) -> drip(answer.body(), 0, bytes, pause, channel.open(answer), channel));
  }

  /** Blanks until the client or the emulator closes. */
  public static AnswerFault withoutEnd() {
    return new DisturbedDelivery(
        "endless", false, (answer, channel) -> pour(channel.openWithoutEnd(answer), channel));
  }

  /** The first half of the answer. */
  public static AnswerFault cutShort() {
    return new DisturbedDelivery(
        "truncated",
        false,
        (answer, channel) -> {
          OutputStream out = channel.open(answer);
          out.write(answer.body(), 0, answer.body().length / 2);
          out.flush();
          channel.close();
        });
  }

  /** A closed connection. */
  public static AnswerFault hungUp() {
    return new DisturbedDelivery("closed", false, (answer, channel) -> channel.close());
  }

  /** Silence: the exchange ends with the emulator. */
  public static AnswerFault withheld() {
    return new DisturbedDelivery("silent", false, (answer, channel) -> {});
  }

  private static void drip(
      byte[] body, int from, int bytes, Duration pause, OutputStream out, AnswerChannel channel)
      throws IOException {
    int next = Math.min(body.length - from, bytes) + from;
    out.write(body, from, next - from);
    out.flush();
    if (next == body.length) {
      channel.close();
    } else {
      channel.later(pause, () -> drip(body, next, bytes, pause, out, channel));
    }
  }

  private static void pour(OutputStream out, AnswerChannel channel) throws IOException {
    out.write(BLANKS);
    out.flush();
    channel.later(BETWEEN_CHUNKS, () -> pour(out, channel));
  }

  @Override
  Delivery delivery() {
    return delivery;
  }

  @Override
  boolean keepsVerdict() {
    return wholeInTheEnd;
  }
}
