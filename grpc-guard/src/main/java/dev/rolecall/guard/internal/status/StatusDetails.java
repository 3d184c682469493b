package dev.rolecall.guard.internal.status;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
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
public final class StatusDetails {

  /** The domain of Rolecall's reasons. */
  public static final String DOMAIN = "rolecall.dev";

  /** The trailer that has the details. */
  public static final Metadata.Key<byte[]> KEY =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

  private static final String DOMAIN_FIELD =
      new String(new Message().text(2, DOMAIN).bytes(), ISO_8859_1);
  private static final String TYPES = "type.googleapis.com/";

  private StatusDetails() {}

  /** The status, with what explains it. */
  public static byte[] of(Status status, ErrorInfo info) {
    return new Message()
        .number(1, status.getCode().value())
        .text(2, String.valueOf(status.getDescription()))
        .message(3, any("google.rpc.ErrorInfo", info.message()))
        .bytes();
  }

  /** The details, and how long to wait before another try: one more field at the end. */
  public static byte[] of(byte[] details, Duration retryAfter) {
    Message duration =
        new Message().number(1, retryAfter.getSeconds()).number(2, retryAfter.getNano());
    return new Message(details)
        .message(3, any("google.rpc.RetryInfo", new Message().message(1, duration)))
        .bytes();
  }

  /** Whether those details have an ErrorInfo of Rolecall's domain: its field, as it is written. */
  public static boolean isOfDomain(byte[] details) {
    return new String(details, ISO_8859_1).contains(DOMAIN_FIELD);
  }

  private static Message any(String type, Message value) {
    return new Message().text(1, TYPES + type).message(2, value);
  }

  /**
   * google.rpc.ErrorInfo.
   *
   * @param reason the reason, UPPER_SNAKE_CASE
   * @param domain whose reasons these are
   * @param metadata what helps, by name
   */
  public record ErrorInfo(String reason, String domain, Map<String, String> metadata) {

    /** Copies. */
    public ErrorInfo {
      requireNonNull(reason, "reason");
      requireNonNull(domain, "domain");
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

    private static final int FIRST_ROOM = 64;
    private static final int MORE_ROOM = 128;

    private byte[] bytes;
    private int length;

    Message() {
      this.bytes = new byte[FIRST_ROOM];
    }

    /** One that goes on after those fields. */
    Message(byte[] fields) {
      this.bytes = Arrays.copyOf(fields, fields.length + MORE_ROOM);
      this.length = fields.length;
    }

    Message number(int field, long value) {
      if (value != 0) {
        varint((field << 3) | VARINT);
        varint(value);
      }
      return this;
    }

    Message text(int field, String value) {
      byte[] text = value.getBytes(UTF_8);
      return delimited(field, text, text.length);
    }

    Message message(int field, Message value) {
      return delimited(field, value.bytes, value.length);
    }

    byte[] bytes() {
      return Arrays.copyOf(bytes, length);
    }

    private Message delimited(int field, byte[] value, int valueLength) {
      varint((field << 3) | LENGTH_DELIMITED);
      varint(valueLength);
      makeRoom(valueLength);
      System.arraycopy(value, 0, bytes, length, valueLength);
      length += valueLength;
      return this;
    }

    private void varint(long value) {
      makeRoom(Long.BYTES + 2);
      long left = value;
      while ((left & ~0x7fL) != 0) {
        bytes[length++] = (byte) ((left & 0x7f) | 0x80);
        left >>>= 7;
      }
      bytes[length++] = (byte) left;
    }

    private void makeRoom(int more) {
      if (bytes.length - length < more) {
        bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
      }
    }
  }
}
