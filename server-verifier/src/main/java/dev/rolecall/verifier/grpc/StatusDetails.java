package dev.rolecall.verifier.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.Metadata;
import io.grpc.Status;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The value of {@code grpc-status-details-bin}: a google.rpc.Status with ErrorInfo and, where a
 * time is known, RetryInfo, in the wire format of Protocol Buffers.
 *
 * <p>Three small messages are written by hand, because the library that has them (
 * proto-google-common-protos) has no module name: a module that requires it cannot be published.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">Protocol Buffers, encoding</a>
 * @see <a
 *     href="https://github.com/googleapis/googleapis/blob/master/google/rpc/error_details.proto">error_details.proto</a>
 */
final class StatusDetails {

  static final Metadata.Key<byte[]> KEY =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

  private static final String TYPES = "type.googleapis.com/";

  private StatusDetails() {}

  /** The status, with what explains it. */
  static byte[] of(Status status, ErrorInfo info, Optional<Duration> retryAfter) {
    Message details =
        new Message()
            .number(1, status.getCode().value())
            .text(2, String.valueOf(status.getDescription()))
            .message(3, any("google.rpc.ErrorInfo", info.message()));
    retryAfter.ifPresent(wait -> details.message(3, any("google.rpc.RetryInfo", retryInfo(wait))));
    return details.bytes();
  }

  private static Message any(String type, Message value) {
    return new Message().text(1, TYPES + type).message(2, value);
  }

  private static Message retryInfo(Duration wait) {
    Message duration = new Message().number(1, wait.getSeconds()).number(2, wait.getNano());
    return new Message().message(1, duration);
  }

  /**
   * google.rpc.ErrorInfo.
   *
   * @param reason the reason, UPPER_SNAKE_CASE
   * @param domain whose reasons these are
   * @param metadata what helps, by name
   */
  record ErrorInfo(String reason, String domain, Map<String, String> metadata) {

    ErrorInfo {
      metadata = Map.copyOf(metadata);
    }

    private Message message() {
      Message info = new Message().text(1, reason).text(2, domain);
      // In order of the names, so that the same refusal is the same bytes.
      new TreeMap<>(metadata)
          .forEach((name, value) -> info.message(3, new Message().text(1, name).text(2, value)));
      return info;
    }
  }

  /** A message being written, field by field. Zero numbers are left out, as proto3 does. */
  private static final class Message {

    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(64);

    Message number(int field, long value) {
      if (value != 0) {
        varint((field << 3) | VARINT);
        varint(value);
      }
      return this;
    }

    Message text(int field, String value) {
      return delimited(field, value.getBytes(UTF_8));
    }

    Message message(int field, Message value) {
      return delimited(field, value.bytes());
    }

    byte[] bytes() {
      return out.toByteArray();
    }

    private Message delimited(int field, byte[] value) {
      varint((field << 3) | LENGTH_DELIMITED);
      varint(value.length);
      out.writeBytes(value);
      return this;
    }

    private void varint(long value) {
      long left = value;
      while ((left & ~0x7fL) != 0) {
        out.write((int) ((left & 0x7f) | 0x80));
        left >>>= 7;
      }
      out.write((int) left);
    }
  }
}
