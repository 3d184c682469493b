package dev.rolecall.proxy.envoy;

import dev.rolecall.access.Refusal;
import dev.rolecall.proxy.envoy.v3.CheckResponse;
import io.grpc.Drainable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a Check, as it goes over the wire: one that is good for many calls is written once.
 * Immutable.
 */
final class CheckAnswer {

  static final String ALLOWED = "allowed";

  private final byte[] bytes;
  private final String result;
  private final @Nullable Refusal refusal;

  private CheckAnswer(CheckResponse response, String result, @Nullable Refusal refusal) {
    this.bytes = response.toByteArray();
    this.result = result;
    this.refusal = refusal;
  }

  static CheckAnswer allowed(CheckResponse response) {
    return new CheckAnswer(response, ALLOWED, null);
  }

  static CheckAnswer denied(CheckResponse response, Refusal refusal) {
    return new CheckAnswer(response, refusal.reason().label(), refusal);
  }

  /** Denied without a judgement. */
  static CheckAnswer denied(CheckResponse response, String result) {
    return new CheckAnswer(response, result, null);
  }

  InputStream stream() {
    return new Written(bytes);
  }

  /** The metric's label: {@link #ALLOWED}, or why not. */
  String result() {
    return result;
  }

  /** What is to be recorded; null if access control has recorded all, or there is nothing. */
  @Nullable Refusal refusal() {
    return refusal;
  }

  /** The result alone: an allowed answer has a token. */
  @Override
  public String toString() {
    return "CheckAnswer[" + result + "]";
  }

  /** Writes itself: gRPC would copy the bytes of another stream through a buffer of 8 KiB. */
  private static final class Written extends ByteArrayInputStream implements Drainable {

    Written(byte[] bytes) {
      super(bytes);
    }

    @Override
    public int drainTo(OutputStream target) throws IOException {
      int length = count - pos;
      target.write(buf, pos, length);
      pos = count;
      return length;
    }
  }
}
