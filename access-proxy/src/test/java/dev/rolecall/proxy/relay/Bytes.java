package dev.rolecall.proxy.relay;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** Methods of the tests' service, whose messages are bytes. */
final class Bytes implements Marshaller<byte[]> {

  static final String SERVICE = "test.Scripted";
  static final String PUBLIC = "test.Open";

  @Override
  public InputStream stream(byte[] message) {
    return new ByteArrayInputStream(message);
  }

  @Override
  public byte[] parse(InputStream stream) {
    try {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A method of any type. */
  static MethodDescriptor<byte[], byte[]> method(String fullName) {
    return MethodDescriptor.newBuilder(new Bytes(), new Bytes())
        .setType(MethodType.UNKNOWN)
        .setFullMethodName(fullName)
        .build();
  }

  /** Bytes that do not repeat soon, and that gzip makes shorter. */
  static byte[] of(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) ((i * 31 + (i >> 8)) & 0x3f);
    }
    return bytes;
  }

  /** The length, and what is in it. */
  static String text(byte[] message) {
    return message.length + " bytes " + Arrays.hashCode(message);
  }
}
