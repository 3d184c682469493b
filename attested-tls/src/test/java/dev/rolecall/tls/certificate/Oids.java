package dev.rolecall.tls.certificate;

import static java.util.stream.Collectors.joining;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The object identifiers in a DER value, found by a walk that shares nothing with the writer. */
final class Oids {

  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int CONSTRUCTED = 0x20;

  private Oids() {}

  /** The content of each, in order. */
  static List<byte[]> within(byte[] der) {
    List<byte[]> found = new ArrayList<>();
    walk(ByteBuffer.wrap(der), found);
    return found;
  }

  private static void walk(ByteBuffer values, List<byte[]> found) {
    while (values.hasRemaining()) {
      int tag = values.get() & 0xff;
      byte[] content = new byte[length(values)];
      values.get(content);
      if (tag == OBJECT_IDENTIFIER) {
        found.add(content);
      } else if ((tag & CONSTRUCTED) != 0) {
        walk(ByteBuffer.wrap(content), found);
      }
    }
  }

  private static int length(ByteBuffer values) {
    int first = values.get() & 0xff;
    if (first < 0x80) {
      return first;
    }
    int length = 0;
    for (int i = 0; i < (first & 0x7f); i++) {
      length = (length << 8) | (values.get() & 0xff);
    }
    return length;
  }

  /** The arcs, of which the first is two in one (X.690, section 8.19.4). */
  static List<BigInteger> arcs(byte[] content) {
    List<BigInteger> arcs = new ArrayList<>();
    BigInteger arc = BigInteger.ZERO;
    for (byte each : content) {
      arc = arc.shiftLeft(7).or(BigInteger.valueOf(each & 0x7f));
      if (each >= 0) {
        arcs.add(arc);
        arc = BigInteger.ZERO;
      }
    }
    return arcs;
  }

  static String dotted(byte[] content) {
    List<BigInteger> arcs = arcs(content);
    int both = arcs.get(0).intValue();
    int first = Math.min(both / 40, 2);
    return first
        + "."
        + (both - 40 * first)
        + arcs.stream().skip(1).map(arc -> "." + arc).collect(joining());
  }
}
