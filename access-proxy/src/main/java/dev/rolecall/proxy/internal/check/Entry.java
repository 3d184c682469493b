package dev.rolecall.proxy.internal.check;

import com.google.protobuf.ByteString;
import java.io.IOException;

/**
 * A key and a value: an entry of a map, which is a message of both, or a header. For one thread.
 */
final class Entry {

  private static final int KEY = WireReader.bytes(1);
  private static final int VALUE = WireReader.bytes(2);
  private static final int RAW_VALUE = WireReader.bytes(3);

  private final WireReader in;
  private String key = "";
  private ByteString value = ByteString.EMPTY;
  private ByteString rawValue = ByteString.EMPTY;

  private Entry(WireReader in) {
    this.in = in;
  }

  /** The entry of a map that comes next. */
  static Entry ofMap(WireReader in) throws IOException {
    Entry entry = new Entry(in);
    var unused = in.message(entry::field);
    return entry;
  }

  /** The header that comes next. It has one value of two, of which the raw one counts. */
  static Entry ofHeader(WireReader in) throws IOException {
    Entry entry = new Entry(in);
    var unused = in.message(entry::headerField);
    return entry;
  }

  private boolean field(int tag) throws IOException {
    if (tag == KEY) {
      key = in.text();
      return true;
    }
    if (tag == VALUE) {
      value = in.bytes();
      return true;
    }
    return false;
  }

  private boolean headerField(int tag) throws IOException {
    if (tag == RAW_VALUE) {
      rawValue = in.bytes();
      return true;
    }
    return field(tag);
  }

  String key() {
    return key;
  }

  ByteString value() {
    return rawValue.isEmpty() ? value : rawValue;
  }
}
