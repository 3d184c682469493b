package dev.rolecall.proxy.internal.check;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;

/**
 * Goes through the fields of a message, and of the messages within. Each field is read or skipped
 * before the next.
 */
final class WireReader {

  private final CodedInputStream in;

  /**
   * Begins before the first field of a message.
   *
   * @param bytes not copied: those that are read are parts of them
   */
  WireReader(byte[] bytes) {
    in = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
    in.enableAliasing(true);
  }

  /** The tag of the next field; 0 at the end of the message. */
  int next() throws IOException {
    return in.readTag();
  }

  /** Skips the field of that tag. */
  void skip(int tag) throws IOException {
    if (!in.skipField(tag)) {
      throw new InvalidProtocolBufferException("a group that ends and did not begin");
    }
  }

  /**
   * Goes into a field that is a message, before its first field.
   *
   * @return what {@link #leave} is given at its end
   */
  int enter() throws IOException {
    return in.pushLimit(in.readRawVarint32());
  }

  /** Goes on after the message that was entered. */
  void leave(int entered) {
    in.popLimit(entered);
  }

  /** A text. The JDK decodes it in a fraction of the time that protobuf takes. */
  String text() throws IOException {
    return utf8(in.readBytes());
  }

  /** The text of those bytes. */
  static String utf8(ByteString bytes) throws InvalidProtocolBufferException {
    if (!bytes.isValidUtf8()) {
      throw new InvalidProtocolBufferException("a text that is not UTF-8");
    }
    return bytes.toStringUtf8();
  }

  ByteString bytes() throws IOException {
    return in.readBytes();
  }

  int number() throws IOException {
    return in.readUInt32();
  }
}
