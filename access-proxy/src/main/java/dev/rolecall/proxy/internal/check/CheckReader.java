package dev.rolecall.proxy.internal.check;

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

  private final WireReader in;
  private final RequestHeaders.Builder headers = new RequestHeaders.Builder();
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
      reader.check();
    } catch (InvalidProtocolBufferException e) {
      throw e;
    } catch (IOException e) {
      throw new InvalidProtocolBufferException(e);
    }
    return new Check(
        reader.path,
        reader.headers.build(),
        new Source(reader.address, reader.port, reader.certificate),
        reader.route.build());
  }

  private void check() throws IOException {
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      switch (tag) {
        case CheckTag.CHECK_ATTRIBUTES -> attributes();
        default -> in.skip(tag);
      }
    }
  }

  private void attributes() throws IOException {
    int entered = in.enter();
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      switch (tag) {
        case CheckTag.ATTRIBUTES_SOURCE -> source();
        case CheckTag.ATTRIBUTES_REQUEST -> request();
        case CheckTag.ATTRIBUTES_EXTENSIONS -> extension();
        default -> in.skip(tag);
      }
    }
    in.leave(entered);
  }

  private void source() throws IOException {
    int entered = in.enter();
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      switch (tag) {
        case CheckTag.PEER_ADDRESS -> address();
        case CheckTag.PEER_CERTIFICATE -> certificate = in.bytes();
        default -> in.skip(tag);
      }
    }
    in.leave(entered);
  }

  private void address() throws IOException {
    int entered = in.enter();
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      switch (tag) {
        case CheckTag.ADDRESS_SOCKET -> socket();
        default -> in.skip(tag);
      }
    }
    in.leave(entered);
  }

  private void socket() throws IOException {
    int entered = in.enter();
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      switch (tag) {
        case CheckTag.SOCKET_ADDRESS -> address = in.text();
        case CheckTag.SOCKET_PORT -> port = in.number();
        default -> in.skip(tag);
      }
    }
    in.leave(entered);
  }

  private void request() throws IOException {
    int entered = in.enter();
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      switch (tag) {
        case CheckTag.REQUEST_HTTP -> http();
        default -> in.skip(tag);
      }
    }
    in.leave(entered);
  }

  private void http() throws IOException {
    int entered = in.enter();
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      switch (tag) {
        case CheckTag.HTTP_HEADERS -> header(Entry.ofMap(in));
        case CheckTag.HTTP_PATH -> path = in.bytes();
        case CheckTag.HTTP_HEADER_MAP -> headerMap();
        default -> in.skip(tag);
      }
    }
    in.leave(entered);
  }

  private void headerMap() throws IOException {
    int entered = in.enter();
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      switch (tag) {
        case CheckTag.MAP_HEADERS -> header(Entry.ofHeader(in));
        default -> in.skip(tag);
      }
    }
    in.leave(entered);
  }

  private void header(Entry entry) {
    headers.add(entry.key(), entry.value());
  }

  private void extension() throws IOException {
    Entry entry = Entry.ofMap(in);
    route.add(entry.key(), WireReader.utf8(entry.value()));
  }
}
