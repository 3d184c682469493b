package dev.rolecall.proxy.internal.check;

import static dev.rolecall.proxy.internal.check.WireReader.bytes;
import static dev.rolecall.proxy.internal.check.WireReader.number;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.rolecall.proxy.internal.check.Check.Source;
import java.io.IOException;

/**
 * Reads a Check from its bytes, without the messages that protobuf would make of it: those cost as
 * much as all that is decided by them. The numbers are those of {@code external_auth.proto}, and so
 * are the rules: what has no number there is skipped, and of a field that comes twice, the last
 * counts. Only an entry of a map that comes twice stays two, so that two credentials are not one.
 */
public final class CheckReader {

  private static final int CHECK_ATTRIBUTES = bytes(1);

  private static final int ATTRIBUTES_SOURCE = bytes(1);
  private static final int ATTRIBUTES_REQUEST = bytes(4);
  private static final int ATTRIBUTES_EXTENSIONS = bytes(10);

  private static final int PEER_ADDRESS = bytes(1);
  private static final int PEER_CERTIFICATE = bytes(5);
  private static final int ADDRESS_SOCKET = bytes(1);
  private static final int SOCKET_ADDRESS = bytes(2);
  private static final int SOCKET_PORT = number(3);

  private static final int REQUEST_HTTP = bytes(2);
  private static final int HTTP_HEADERS = bytes(3);
  private static final int HTTP_PATH = bytes(4);
  private static final int HTTP_HEADER_MAP = bytes(13);
  private static final int MAP_HEADERS = bytes(1);

  private final WireReader in;
  private final RequestHeaders.Builder listed = new RequestHeaders.Builder();
  private final RequestHeaders.Builder mapped = new RequestHeaders.Builder();
  private final RouteContext.Builder route = new RouteContext.Builder();
  private ByteString path = ByteString.EMPTY;
  private String address = "";
  private int port;
  private ByteString certificate = ByteString.EMPTY;

  private CheckReader(WireReader in) {
    this.in = in;
  }

  /**
   * The Check of those bytes.
   *
   * @param bytes not copied: they must not change from now on
   * @throws InvalidProtocolBufferException if they are none
   */
  public static Check read(byte[] bytes) throws InvalidProtocolBufferException {
    CheckReader reader = new CheckReader(new WireReader(bytes));
    try {
      var unused = reader.in.fields(reader::check);
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
    return tag == CHECK_ATTRIBUTES && in.message(this::attributes);
  }

  private boolean attributes(int tag) throws IOException {
    if (tag == ATTRIBUTES_SOURCE) {
      return in.message(this::peer);
    }
    if (tag == ATTRIBUTES_REQUEST) {
      return in.message(this::request);
    }
    return tag == ATTRIBUTES_EXTENSIONS && extension();
  }

  private boolean peer(int tag) throws IOException {
    if (tag == PEER_CERTIFICATE) {
      certificate = in.bytes();
      return true;
    }
    return tag == PEER_ADDRESS && in.message(this::address);
  }

  private boolean address(int tag) throws IOException {
    return tag == ADDRESS_SOCKET && in.message(this::socket);
  }

  private boolean socket(int tag) throws IOException {
    if (tag == SOCKET_ADDRESS) {
      address = in.text();
      return true;
    }
    if (tag == SOCKET_PORT) {
      port = in.number();
      return true;
    }
    return false;
  }

  private boolean request(int tag) throws IOException {
    return tag == REQUEST_HTTP && in.message(this::http);
  }

  private boolean http(int tag) throws IOException {
    if (tag == HTTP_PATH) {
      path = in.bytes();
      return true;
    }
    if (tag == HTTP_HEADER_MAP) {
      return in.message(this::headerMap);
    }
    return tag == HTTP_HEADERS && mapped();
  }

  private boolean headerMap(int tag) throws IOException {
    return tag == MAP_HEADERS && listed();
  }

  private boolean listed() throws IOException {
    Entry entry = Entry.ofHeader(in);
    listed.add(entry.key(), entry.value());
    return true;
  }

  private boolean mapped() throws IOException {
    Entry entry = Entry.ofMap(in);
    mapped.add(entry.key(), entry.value());
    return true;
  }

  private boolean extension() throws IOException {
    Entry entry = Entry.ofMap(in);
    if (!entry.value().isValidUtf8()) {
      throw new InvalidProtocolBufferException("a text that is not UTF-8");
    }
    route.add(entry.key(), entry.value());
    return true;
  }
}
