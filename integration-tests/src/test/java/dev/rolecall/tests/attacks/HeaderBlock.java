package dev.rolecall.tests.attacks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.rolecall.testsupport.Echo;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * A header block in HPACK, byte by byte as the test wants it: names and values are not looked at.
 * Characters are bytes.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7541#section-6">RFC 7541, section 6</a>
 */
final class HeaderBlock {

  private static final int WITH_INDEXING = 0x40;
  private static final int WITHOUT_INDEXING = 0x00;
  private static final int TABLE_SIZE = 0x20;
  private static final int INDEXED = 0x80;

  /** The first index of the table that the two ends fill. */
  static final int FIRST_DYNAMIC = 62;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(1_024);

  private HeaderBlock() {}

  /** One with nothing in it. */
  static HeaderBlock empty() {
    return new HeaderBlock();
  }

  /** What every honest call of that path begins with. */
  static HeaderBlock of(String path) {
    return empty()
        .add(":method", "POST")
        .add(":scheme", "https")
        .add(":path", path)
        .add(":authority", "127.0.0.1")
        .add("te", "trailers")
        .add("content-type", "application/grpc");
  }

  /** What every honest call of {@link Echo#SAY} begins with. */
  static HeaderBlock say() {
    return of(Echo.path(Echo.SAY));
  }

  /** A call of {@link Echo#SAY} with that proof. */
  static HeaderBlock sayWith(String proof) {
    return say().authorization(proof);
  }

  HeaderBlock authorization(String proof) {
    return add("authorization", "Bearer " + proof);
  }

  /** A field, written out, that neither end remembers. */
  HeaderBlock add(String name, String value) {
    return literal(WITHOUT_INDEXING, name, value);
  }

  /** A field, written out, that both ends remember. */
  HeaderBlock remember(String name, String value) {
    return literal(WITH_INDEXING, name, value);
  }

  /** The field that was remembered so many fields ago, 0 for the last. */
  HeaderBlock again(int ago) {
    return number(INDEXED, 7, FIRST_DYNAMIC + ago);
  }

  /** From now on the table has that size. */
  HeaderBlock tableSize(int size) {
    return number(TABLE_SIZE, 5, size);
  }

  /** These bytes, whatever they mean. */
  HeaderBlock raw(int... bytes) {
    Arrays.stream(bytes).forEach(out::write);
    return this;
  }

  private HeaderBlock literal(int kind, String name, String value) {
    out.write(kind);
    return text(name).text(value);
  }

  private HeaderBlock text(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    number(0, 7, bytes.length);
    out.writeBytes(bytes);
    return this;
  }

  private HeaderBlock number(int pattern, int bits, int value) {
    int most = (1 << bits) - 1;
    if (value < most) {
      out.write(pattern | value);
      return this;
    }
    out.write(pattern | most);
    int left = value - most;
    while (left >= 0x80) {
      out.write((left & 0x7f) | 0x80);
      left >>>= 7;
    }
    out.write(left);
    return this;
  }

  byte[] bytes() {
    return out.toByteArray();
  }
}
