package dev.rolecall.access.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/** Lines of ASCII that grow at their end. For one thread at a time. */
final class LineBuffer {

  private byte[] bytes;
  private int length;

  LineBuffer(int capacity) {
    this.bytes = new byte[capacity];
  }

  LineBuffer add(byte[] ascii) {
    ensure(ascii.length);
    System.arraycopy(ascii, 0, bytes, length, ascii.length);
    length += ascii.length;
    return this;
  }

  @SuppressWarnings("deprecation") // the low bytes of characters are what ASCII is
  LineBuffer add(String ascii) {
    int count = ascii.length();
    ensure(count);
    ascii.getBytes(0, count, bytes, length);
    length += count;
    return this;
  }

  /** Adds printable ASCII as the inside of a JSON string. */
  LineBuffer addEscaped(String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      char each = ascii.charAt(i);
      ensure(2);
      if (each == '"' || each == '\\') {
        bytes[length++] = '\\';
      }
      bytes[length++] = (byte) each;
    }
    return this;
  }

  /** Adds a number in decimal. */
  LineBuffer add(long number) {
    if (number < 0) {
      return add(Long.toString(number));
    }
    int digits = 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    ensure(digits);
    long rest = number;
    for (int at = length + digits - 1; at >= length; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
    return this;
  }

  private void ensure(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }

  int length() {
    return length;
  }

  /** Drops what was added since it had that length. */
  void cutTo(int shorter) {
    length = shorter;
  }

  /** Has the digest read what was added since it had that length. */
  void digestFrom(int start, MessageDigest digest) {
    digest.update(bytes, start, length - start);
  }

  /** A view of what it holds, until it is changed. */
  ByteBuffer view() {
    return ByteBuffer.wrap(bytes, 0, length);
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, US_ASCII);
  }
}
