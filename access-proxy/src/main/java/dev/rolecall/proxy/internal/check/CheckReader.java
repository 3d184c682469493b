package dev.rolecall.proxy.internal.check;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import dev.rolecall.proxy.internal.check.Check.Source;
import java.io.IOException;

/**
 * Reads a Check from its bytes, without the messages that protobuf would make of it: those cost as
 * much as all that is decided by them. The numbers are those of {@code external_auth.proto}, and so
 * are the rules: what has no number there is skipped, and of a field that comes twice, the last
 * counts. Only an entry of a map that comes twice stays two, so that two credentials are not one.
 */
public final class CheckReader {

  private static final int CHECK_ATTRIBUTES = message(1);

  private static final int ATTRIBUTES_SOURCE = message(1);
  private static final int ATTRIBUTES_REQUEST = message(4);
  private static final int ATTRIBUTES_EXTENSIONS = message(10);

  private static final int PEER_ADDRESS = message(1);
  private static final int PEER_CERTIFICATE = message(5);
  private static final int ADDRESS_SOCKET = message(1);
  private static final int SOCKET_ADDRESS = message(2);
  private static final int SOCKET_PORT = number(3);

  private static final int REQUEST_HTTP = message(2);
  private static final int HTTP_HEADERS = message(3);
  private static final int HTTP_PATH = message(4);
  private static final int HTTP_HEADER_MAP = message(13);
  private static final int MAP_HEADERS = message(1);

  private static final int KEY = message(1);
  private static final int VALUE = message(2);
  private static final int RAW_VALUE = message(3);

  /** Reads one field; false if it has another number. */
  @FunctionalInterface
  private interface Field {
    boolean read(int tag) throws IOException;
  }

  private final CodedInputStream in;
  private final RequestHeaders.Builder listed = new RequestHeaders.Builder();
  private final RequestHeaders.Builder mapped = new RequestHeaders.Builder();
  private final RouteContext.Builder route = new RouteContext.Builder();
  private ByteString path = ByteString.EMPTY;
  private String address = "";
  private int port;
  private ByteString certificate = ByteString.EMPTY;
  private String key = "";
  private ByteString value = ByteString.EMPTY;
  private ByteString rawValue = ByteString.EMPTY;

  private CheckReader(CodedInputStream in) {
    this.in = in;
  }

  /**
   * The Check of those bytes.
   *
   * @param bytes not copied: they must not change from now on
   * @throws InvalidProtocolBufferException if they are none
   */
  public static Check read(byte[] bytes) throws InvalidProtocolBufferException {
    CodedInputStream in = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
    in.enableAliasing(true);
    CheckReader reader = new CheckReader(in);
    try {
      reader.fields(reader::check);
    } catch (InvalidProtocolBufferException e) {
      throw e;
    } catch (IOException e) {
      throw new InvalidProtocolBufferException(e);
    }
    return new Check(
        reader.path,
        reader.listed.and(reader.mapped).build(),
        new Source(reader.address, reader.port, reader.certificate),
        reader.route.build());
  }

  private boolean check(int tag) throws IOException {
    return tag == CHECK_ATTRIBUTES && nested(this::attributes);
  }

  private boolean attributes(int tag) throws IOException {
    if (tag == ATTRIBUTES_SOURCE) {
      return nested(this::peer);
    }
    if (tag == ATTRIBUTES_REQUEST) {
      return nested(this::request);
    }
    return tag == ATTRIBUTES_EXTENSIONS && extension();
  }

  private boolean peer(int tag) throws IOException {
    if (tag == PEER_CERTIFICATE) {
      certificate = in.readBytes();
      return true;
    }
    return tag == PEER_ADDRESS && nested(this::address);
  }

  private boolean address(int tag) throws IOException {
    return tag == ADDRESS_SOCKET && nested(this::socket);
  }

  private boolean socket(int tag) throws IOException {
    if (tag == SOCKET_ADDRESS) {
      address = in.readStringRequireUtf8();
      return true;
    }
    if (tag == SOCKET_PORT) {
      port = in.readUInt32();
      return true;
    }
    return false;
  }

  private boolean request(int tag) throws IOException {
    return tag == REQUEST_HTTP && nested(this::http);
  }

  private boolean http(int tag) throws IOException {
    if (tag == HTTP_PATH) {
      path = in.readBytes();
      return true;
    }
    if (tag == HTTP_HEADER_MAP) {
      return nested(this::headerMap);
    }
    return tag == HTTP_HEADERS && mapped();
  }

  private boolean headerMap(int tag) throws IOException {
    return tag == MAP_HEADERS && listed();
  }

  private boolean listed() throws IOException {
    entry(true);
    listed.add(key, rawValue.isEmpty() ? value : rawValue);
    return true;
  }

  private boolean mapped() throws IOException {
    entry(false);
    mapped.add(key, value);
    return true;
  }

  private boolean extension() throws IOException {
    entry(false);
    if (!value.isValidUtf8()) {
      throw new InvalidProtocolBufferException("a text that is not UTF-8");
    }
    route.add(key, value);
    return true;
  }

  /** An entry of a map is a message of a key and a value, and so is a header. */
  private void entry(boolean hasRawValue) throws IOException {
    key = "";
    value = ByteString.EMPTY;
    rawValue = ByteString.EMPTY;
    nested(
        tag -> {
          if (tag == KEY) {
            key = in.readStringRequireUtf8();
          } else if (tag == VALUE) {
            value = in.readBytes();
          } else if (tag == RAW_VALUE && hasRawValue) {
            rawValue = in.readBytes();
          } else {
            return false;
          }
          return true;
        });
  }

  private boolean nested(Field field) throws IOException {
    int limit = in.pushLimit(in.readRawVarint32());
    fields(field);
    in.popLimit(limit);
    return true;
  }

  private void fields(Field field) throws IOException {
    int tag = in.readTag();
    while (tag != 0) {
      if (!field.read(tag) && !in.skipField(tag)) {
        throw new InvalidProtocolBufferException("a group that ends and did not begin");
      }
      tag = in.readTag();
    }
  }

  private static int message(int number) {
    return number << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }

  private static int number(int number) {
    return number << 3 | WireFormat.WIRETYPE_VARINT;
  }
}
