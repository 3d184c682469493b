package dev.rolecall.tests.attacks;

import static java.util.Objects.requireNonNull;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A frame of HTTP/2, well made or not.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9113#section-4.1">RFC 9113, section 4.1</a>
 */
final class Frame {

  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int CONTINUATION = 9;

  static final int ACK = 1;
  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;
  static final int PADDED = 8;

  private static final int HEAD = 9;

  private final int type;
  private final int flags;
  private final int stream;
  private final byte[] payload;

  /** One of that type, on that stream; 0 is the connection. */
  Frame(int type, int flags, int stream, byte[] payload) {
    this.type = type;
    this.flags = flags;
    this.stream = stream;
    this.payload = requireNonNull(payload, "payload");
  }

  int type() {
    return type;
  }

  int stream() {
    return stream;
  }

  byte[] payload() {
    return payload;
  }

  /** A request's headers, all in one frame, and nothing after them. */
  static Frame request(int stream, HeaderBlock block) {
    return new Frame(HEADERS, END_HEADERS | END_STREAM, stream, block.bytes());
  }

  /** Headers that something follows. */
  static Frame headers(int stream, HeaderBlock block) {
    return new Frame(HEADERS, END_HEADERS, stream, block.bytes());
  }

  /** A gRPC message of that many bytes, and perhaps the end of the stream. */
  static Frame message(int stream, int size, boolean last) {
    byte[] payload = ByteBuffer.allocate(5 + size).put((byte) 0).putInt(size).array();
    return new Frame(DATA, last ? END_STREAM : 0, stream, payload);
  }

  /** The client has changed its mind. */
  static Frame cancel(int stream) {
    int cancel = 8;
    return new Frame(RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(cancel).array());
  }

  static Frame settings() {
    return new Frame(SETTINGS, 0, 0, new byte[0]);
  }

  Frame acknowledged() {
    return new Frame(type, ACK, 0, type == PING ? payload : new byte[0]);
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /** The last four bytes of the first eight, or all there is: an error code. */
  long errorCode() {
    return ByteBuffer.wrap(payload).getInt(type == GOAWAY ? 4 : 0);
  }

  byte[] bytes() {
    return ByteBuffer.allocate(HEAD + payload.length)
        .put((byte) (payload.length >> 16))
        .putShort((short) payload.length)
        .put((byte) type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  static Frame read(DataInputStream in) throws IOException {
    int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int stream = in.readInt();
    byte[] payload = new byte[length];
    in.readFully(payload);
    return new Frame(type, flags, stream, payload);
  }
}
