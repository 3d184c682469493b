package dev.rolecall.tls.internal.certificate;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;

/**
 * The few values of ASN.1 that an attested certificate is made of, in DER: one encoding each.
 *
 * @see <a href="https://www.itu.int/rec/T-REC-X.690">X.690</a>
 */
public final class Der {

  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int UTF8_STRING = 0x0c;
  private static final int IA5_STRING = 0x16;
  private static final int UTC_TIME = 0x17;
  private static final int GENERALIZED_TIME = 0x18;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;

  private static final DateTimeFormatter TWO_DIGIT_YEAR =
      DateTimeFormatter.ofPattern("uuMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter FOUR_DIGIT_YEAR =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int FIRST_YEAR_OF_FOUR_DIGITS = 2050;

  private Der() {}

  /** A value with that tag, made of those parts. */
  public static byte[] tagged(int tag, byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 6);
    out.write(tag);
    writeLength(out, length);
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static void writeLength(ByteArrayOutputStream out, int length) {
    if (length < 0x80) {
      out.write(length);
    } else if (length < 0x100) {
      out.write(0x81);
      out.write(length);
    } else if (length < 0x10000) {
      out.write(0x82);
      out.write(length >>> 8);
      out.write(length & 0xff);
    } else {
      throw new IllegalArgumentException("length: " + length + " (expected: below 65536)");
    }
  }

  /** A sequence of those values. */
  public static byte[] sequence(byte[]... parts) {
    return tagged(SEQUENCE, parts);
  }

  /** A set of those values, in that order. */
  public static byte[] set(byte[]... parts) {
    return tagged(SET, parts);
  }

  /** A value of the context, constructed: {@code [number] EXPLICIT}. */
  public static byte[] explicit(int number, byte[]... parts) {
    return tagged(0xa0 | number, parts);
  }

  /** An integer of the fewest octets. */
  public static byte[] integer(BigInteger value) {
    return tagged(INTEGER, value.toByteArray());
  }

  /** A string of octets. */
  public static byte[] octetString(byte[] content) {
    return tagged(OCTET_STRING, content);
  }

  /** A bit string of whole octets. */
  public static byte[] bitString(byte[] content) {
    return tagged(BIT_STRING, new byte[] {0}, content);
  }

  /** A text in UTF-8. */
  public static byte[] utf8String(String text) {
    return tagged(UTF8_STRING, text.getBytes(UTF_8));
  }

  /** A text in ASCII. */
  public static byte[] ia5String(String text) {
    return tagged(IA5_STRING, text.getBytes(US_ASCII));
  }

  /** A time as RFC 5280, section 4.1.2.5, writes it; to the second. */
  public static byte[] time(Instant instant) {
    return instant.atZone(ZoneOffset.UTC).getYear() < FIRST_YEAR_OF_FOUR_DIGITS
        ? tagged(UTC_TIME, TWO_DIGIT_YEAR.format(instant).getBytes(US_ASCII))
        : tagged(GENERALIZED_TIME, FOUR_DIGIT_YEAR.format(instant).getBytes(US_ASCII));
  }

  /**
   * An object identifier in its dotted form. No arc is above 2^31 - 1: Go ends a handshake in which
   * it reads a larger one. RFC 5280 promises arcs below 2^28.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#appendix-B">RFC 5280, appendix B</a>
   */
  public static byte[] objectIdentifier(String dotted) {
    int[] arcs = Arrays.stream(dotted.split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writeArc(out, 40 * arcs[0] + arcs[1]);
    for (int i = 2; i < arcs.length; i++) {
      writeArc(out, arcs[i]);
    }
    return tagged(OBJECT_IDENTIFIER, out.toByteArray());
  }

  private static void writeArc(ByteArrayOutputStream out, int arc) {
    int groups = Math.max(1, (Integer.SIZE - Integer.numberOfLeadingZeros(arc) + 6) / 7);
    for (int group = groups - 1; group >= 0; group--) {
      int bits = arc >>> (7 * group) & 0x7f;
      out.write(group == 0 ? bits : bits | 0x80);
    }
  }

  /**
   * The text of an IA5String within an OCTET STRING; empty if it is not there. Lengths are trusted
   * no further than the bytes reach; a reader that needs the exact encoding writes it again and
   * compares.
   */
  public static String ia5Within(byte[] octetString) {
    byte[] string = content(OCTET_STRING, octetString);
    return new String(content(IA5_STRING, string), US_ASCII);
  }

  private static byte[] content(int tag, byte[] value) {
    if (value.length < 2 || (value[0] & 0xff) != tag) {
      return new byte[0];
    }
    int second = value[1] & 0xff;
    int header = second < 0x80 ? 2 : 2 + (second & 0x7f);
    return header > value.length ? new byte[0] : Arrays.copyOfRange(value, header, value.length);
  }
}
