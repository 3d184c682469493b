package dev.rolecall.proxy.relay;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * The bytes of one message as they came over the wire. To be written once: it is the stream that
 * gRPC writes from. Holds an array of its own, so that a message which is never written needs no
 * close.
 */
final class RelayedMessage extends InputStream implements KnownLength, Drainable {

  private final byte[] bytes;
  private final boolean compressed;
  private int read;

  /**
   * A message of those bytes.
   *
   * @param compressed whether the wire said that they are compressed
   */
  RelayedMessage(byte[] bytes, boolean compressed) {
    this.bytes = bytes;
    this.compressed = compressed;
  }

  /**
   * Reads a message that gRPC has received. A compressed one comes through a decompressor, which
   * hides how long it is: by that the two kinds are told apart.
   */
  static RelayedMessage from(InputStream stream) throws IOException {
    boolean compressed = !(stream instanceof KnownLength);
    byte[] bytes = new byte[stream.available()];
    int length = stream.readNBytes(bytes, 0, bytes.length);
    if (length < bytes.length) {
      return new RelayedMessage(Arrays.copyOf(bytes, length), compressed);
    }
    return new RelayedMessage(compressed ? withRest(bytes, stream) : bytes, compressed);
  }

  private static byte[] withRest(byte[] first, InputStream stream) throws IOException {
    byte[] rest = stream.readAllBytes();
    if (rest.length == 0) {
      return first;
    }
    byte[] all = Arrays.copyOf(first, first.length + rest.length);
    System.arraycopy(rest, 0, all, first.length, rest.length);
    return all;
  }

  /** Whether the bytes are compressed, by the encoding that the headers of their side name. */
  boolean isCompressed() {
    return compressed;
  }

  @Override
  public int available() {
    return bytes.length - read;
  }

  @Override
  public int read() {
    return read < bytes.length ? bytes[read++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    int count = Math.min(length, available());
    if (count == 0) {
      return -1;
    }
    System.arraycopy(bytes, read, target, offset, count);
    read += count;
    return count;
  }

  @Override
  public int drainTo(OutputStream target) throws IOException {
    int count = available();
    target.write(bytes, read, count);
    read = bytes.length;
    return count;
  }

  /** The length alone: the bytes are the peers' business. */
  @Override
  public String toString() {
    return "RelayedMessage[" + bytes.length + " bytes]";
  }
}
