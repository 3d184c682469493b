package dev.rolecall.proxy.internal.check;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/** Reads protobuf's messages field by field; those that are not asked for are skipped. */
final class WireReader {

  /** Reads one field; false if it has another tag. */
  @FunctionalInterface
  interface Field {
    boolean read(int tag) throws IOException;
  }

  private final CodedInputStream in;

  /**
   * Reads those bytes.
   *
   * @param bytes not copied: texts of bytes are parts of them
   */
  WireReader(byte[] bytes) {
    in = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
    in.enableAliasing(true);
  }

  /** The tag of a field that is a message, a text, or bytes. */
  static int bytes(int number) {
    return number << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }

  /** The tag of a field that is a whole number. */
  static int number(int number) {
    return number << 3 | WireFormat.WIRETYPE_VARINT;
  }

  /** Reads the fields up to the end of the message, and is true. */
  boolean fields(Field field) throws IOException {
    int tag = in.readTag();
    while (tag != 0) {
      if (!field.read(tag) && !in.skipField(tag)) {
        throw new InvalidProtocolBufferException("a group that ends and did not begin");
      }
      tag = in.readTag();
    }
    return true;
  }

  /** Reads the fields of a message within, and is true. */
  boolean message(Field field) throws IOException {
    int limit = in.pushLimit(in.readRawVarint32());
    fields(field);
    in.popLimit(limit);
    return true;
  }

  String text() throws IOException {
    return in.readStringRequireUtf8();
  }

  ByteString bytes() throws IOException {
    return in.readBytes();
  }

  int number() throws IOException {
    return in.readUInt32();
  }
}
