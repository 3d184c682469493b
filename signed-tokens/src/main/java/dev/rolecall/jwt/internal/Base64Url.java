package dev.rolecall.jwt.internal;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Base64url without padding (RFC 7515, section 2), in which each array of bytes has exactly one
 * spelling: no padding, no line break, no other alphabet, and the spare bits of the last character
 * are zero.
 */
public final class Base64Url {

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final byte[] VALUES = values();
  private static final byte OUTSIDE = -1;
  private static final int ASCII = 128;
  private static final int SIX = 6;
  private static final int BITS = 8;

  private Base64Url() {}

  private static byte[] values() {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    byte[] values = new byte[ASCII];
    Arrays.fill(values, OUTSIDE);
    for (int i = 0; i < alphabet.length(); i++) {
      values[alphabet.charAt(i)] = (byte) i;
    }
    return values;
  }

  /** The spelling of those bytes. */
  public static String encode(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }

  /** The bytes that the whole text spells; empty if it spells none. */
  public static Optional<byte[]> decode(String text) {
    return decode(text, 0, text.length());
  }

  /**
   * The bytes that the characters from {@code from} to before {@code to} spell; empty if they spell
   * none. One pass, which allocates the answer alone.
   */
  public static Optional<byte[]> decode(String text, int from, int to) {
    int length = to - from;
    byte[] bytes = new byte[(int) ((long) length * SIX / BITS)];
    int held = 0;
    int bits = 0;
    int written = 0;
    for (int at = from; at < to; at++) {
      char c = text.charAt(at);
      int value = c < ASCII ? VALUES[c] : OUTSIDE;
      if (value == OUTSIDE) {
        return Optional.empty();
      }
      held = held << SIX | value;
      bits += SIX;
      if (bits >= BITS) {
        bits -= BITS;
        bytes[written++] = (byte) (held >> bits);
        held &= (1 << bits) - 1;
      }
    }
    // A lone character leaves six bits over, which no encoder does.
    return bits == SIX || held != 0 ? Optional.empty() : Optional.of(bytes);
  }
}
