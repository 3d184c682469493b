package dev.rolecall.stsemulator;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** The true answer, sent badly or not at all. */
final class DisturbedDelivery extends Fault {

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

  static Fault late(Duration delay) {
    return new DisturbedDelivery(
        "delayed by " + delay,
        true,
        (answer, wire) -> wire.later(delay, () -> Delivery.WHOLE.send(answer, wire)));
  }

  static Fault inDrops(int bytes, Duration pause) {
    return new DisturbedDelivery(
        "dripping",
        true,
        (answer, wire) -> drip(answer.body(), 0, bytes, pause, wire.open(answer), wire));
  }

  static Fault withoutEnd() {
    return new DisturbedDelivery(
        "endless", false, (answer, wire) -> pour(wire.openWithoutEnd(answer), wire));
  }

  static Fault cutShort() {
    return new DisturbedDelivery(
        "truncated",
        false,
        (answer, wire) -> {
          OutputStream out = wire.open(answer);
          out.write(answer.body(), 0, answer.body().length / 2);
          out.flush();
          wire.close();
        });
  }

  static Fault hungUp() {
    return new DisturbedDelivery("closed", false, (answer, wire) -> wire.close());
  }

  /** Nothing is sent and nothing closed: the exchange ends with the emulator. */
  static Fault withheld() {
    return new DisturbedDelivery("silent", false, (answer, wire) -> {});
  }

  private static void drip(
      byte[] body, int from, int bytes, Duration pause, OutputStream out, Wire wire)
      throws IOException {
    int next = Math.min(body.length - from, bytes) + from;
    out.write(body, from, next - from);
    out.flush();
    if (next == body.length) {
      wire.close();
    } else {
      wire.later(pause, () -> drip(body, next, bytes, pause, out, wire));
    }
  }

  private static void pour(OutputStream out, Wire wire) throws IOException {
    out.write(BLANKS);
    out.flush();
    wire.later(BETWEEN_CHUNKS, () -> pour(out, wire));
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
