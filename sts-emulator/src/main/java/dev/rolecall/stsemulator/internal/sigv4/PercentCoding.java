package dev.rolecall.stsemulator.internal.sigv4;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;

/**
 * Percent-encoding as SigV4 spells it: all but RFC 3986's unreserved characters, in upper-case
 * hexadecimal, a space as {@code %20}.
 */
public final class PercentCoding {

  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private PercentCoding() {}

  /**
   * The text of a percent-encoded one.
   *
   * @return empty if a {@code %} is not followed by two hexadecimal digits, or the bytes are not
   *     UTF-8
   */
  public static Optional<String> decode(String encoded) {
    for (int at = encoded.indexOf('%'); at >= 0; at = encoded.indexOf('%', at + 1)) {
      if (!isEscape(encoded, at)) {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(encoded))).toString());
    } catch (CharacterCodingException notUtf8) {
      return Optional.empty();
    }
  }

  /** The text, encoded once; a {@code %} in it becomes {@code %25}. */
  static String encode(String text) {
    return encode(text.getBytes(UTF_8));
  }

  /** The one spelling of a text that may be encoded already, in part or in an unusual way. */
  static String respell(String encoded) {
    return encode(bytes(encoded));
  }

  private static String encode(byte[] bytes) {
    StringBuilder encoded = new StringBuilder(bytes.length + 16);
    for (byte b : bytes) {
      if (isUnreserved(b)) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(HEX[(b >> 4) & 0xf]).append(HEX[b & 0xf]);
      }
    }
    return encoded.toString();
  }

  private static byte[] bytes(String encoded) {
    byte[] raw = encoded.getBytes(UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] == '%' && isEscape(raw, i)) {
        bytes.write(Character.digit(raw[i + 1], 16) << 4 | Character.digit(raw[i + 2], 16));
        i += 2;
      } else {
        bytes.write(raw[i]);
      }
    }
    return bytes.toByteArray();
  }

  private static boolean isEscape(String text, int at) {
    return at + 2 < text.length()
        && isHexDigit(text.charAt(at + 1))
        && isHexDigit(text.charAt(at + 2));
  }

  private static boolean isEscape(byte[] text, int at) {
    return at + 2 < text.length && isHexDigit(text[at + 1]) && isHexDigit(text[at + 2]);
  }

  private static boolean isHexDigit(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  private static boolean isUnreserved(int c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }
}
