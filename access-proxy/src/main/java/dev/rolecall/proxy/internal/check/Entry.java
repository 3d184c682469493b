package dev.rolecall.proxy.internal.check;

import com.google.protobuf.ByteString;
import java.io.IOException;

/** A key and a value: an entry of a map, which is a message of both, or a header. */
record Entry(String key, ByteString value) {

  /** The entry of a map that comes next. */
  static Entry ofMap(WireReader in) throws IOException {
    return read(in, false);
  }

  /** The header that comes next. It has one value of two, of which the raw one counts. */
  static Entry ofHeader(WireReader in) throws IOException {
    return read(in, true);
  }

  private static Entry read(WireReader in, boolean hasRawValue) throws IOException {
    String key = "";
    ByteString value = ByteString.EMPTY;
    ByteString rawValue = ByteString.EMPTY;
    int entered = in.enter();
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      if (tag == CheckTag.KEY) {
        key = in.text();
      } else if (tag == CheckTag.VALUE) {
        value = in.bytes();
      } else if (tag == CheckTag.RAW_VALUE && hasRawValue) {
        rawValue = in.bytes();
      } else {
        in.skip(tag);
      }
    }
    in.leave(entered);
    return new Entry(key, rawValue.isEmpty() ? value : rawValue);
  }

  /** The key alone: the value may be a secret. */
  @Override
  public String toString() {
    return "Entry[" + key + "]";
  }
}
