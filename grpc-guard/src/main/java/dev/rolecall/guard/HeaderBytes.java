package dev.rolecall.guard;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.grpc.InternalMetadata;
import io.grpc.Metadata;

/**
 * Reads a header's value as the bytes the transport has, without making a text of them for every
 * call: HPACK's table gives the same array for as long as it holds the header.
 *
 * <p>That needs {@code io.grpc.InternalMetadata}, which may change between releases of gRPC. It is
 * used here alone; where it is not as it was, the public API does the same with two copies a call.
 */
final class HeaderBytes {

  private HeaderBytes() {}

  /** A key of the values of that header. They are shared with the transport: never write to one. */
  static Metadata.Key<byte[]> key(String name) {
    try {
      return Shared.key(name);
    } catch (LinkageError e) {
      return copying(name);
    }
  }

  /** The same by public API. */
  static Metadata.Key<byte[]> copying(String name) {
    return Metadata.Key.of(name, new Copied());
  }

  /** Apart, so that it is linked within the try. */
  private static final class Shared implements InternalMetadata.TrustedAsciiMarshaller<byte[]> {

    static Metadata.Key<byte[]> key(String name) {
      return InternalMetadata.keyOf(name, new Shared());
    }

    @Override
    public byte[] toAsciiString(byte[] value) {
      return value;
    }

    @Override
    public byte[] parseAsciiString(byte[] serialized) {
      return serialized;
    }
  }

  private static final class Copied implements Metadata.AsciiMarshaller<byte[]> {
    @Override
    public String toAsciiString(byte[] value) {
      return new String(value, US_ASCII);
    }

    @Override
    public byte[] parseAsciiString(String serialized) {
      return serialized.getBytes(US_ASCII);
    }
  }
}
