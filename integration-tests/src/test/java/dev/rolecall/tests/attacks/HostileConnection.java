package dev.rolecall.tests.attacks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import dev.rolecall.tests.fixture.GuardedServer;
import dev.rolecall.testsupport.TestCertificate;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Exception;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Headers;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A client that sends whatever frames it is given, over TLS, and understands what it is answered.
 * It looks at nothing it sends. Blocks; for one thread.
 */
final class HostileConnection implements AutoCloseable {

  private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);
  private static final int PATIENCE_MILLIS = 120_000;
  private static final int LONGEST_ANSWER = 64 * 1024;

  private final SSLSocket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private final DefaultHttp2HeadersDecoder hpack =
      new DefaultHttp2HeadersDecoder(false, LONGEST_ANSWER);
  private final Map<Integer, Http2Headers> begun = new HashMap<>();
  private final Map<Integer, Told> ended = new HashMap<>();
  private int lastStream = -1;

  private HostileConnection(SSLSocket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    this.out = socket.getOutputStream();
  }

  /**
   * Connects, and says what HTTP/2 begins with.
   *
   * @param from the address of this end, on loopback: {@code 127.x.y.z}
   */
  static HostileConnection to(GuardedServer server, TestCertificate certificate, String from) {
    try {
      SSLSocket socket = (SSLSocket) certificate.context().getSocketFactory().createSocket();
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      socket.bind(new InetSocketAddress(from, 0));
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2"});
      socket.setSSLParameters(parameters);
      HostileConnection connection = new HostileConnection(socket);
      connection.out.write(PREFACE);
      connection.send(Frame.settings());
      return connection;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A stream id that is not in use yet. */
  int newStream() {
    lastStream += 2;
    return lastStream;
  }

  /** Sends frames, all at once; nothing if the other end has closed already. */
  void send(Frame... frames) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Frame frame : frames) {
      all.writeBytes(frame.bytes());
    }
    try {
      out.write(all.toByteArray());
      out.flush();
    } catch (IOException closed) {
      // The other end need not listen to the end of an attack; what it said can still be read.
      return;
    }
  }

  /** Calls with that block, without a message, and waits. */
  Told call(HeaderBlock block) {
    int stream = newStream();
    send(Frame.headers(stream, block), Frame.message(stream, 0, true));
    return await(stream);
  }

  /** What the stream is told in the end, or the whole connection. */
  Told await(int stream) {
    try {
      while (!ended.containsKey(stream)) {
        Frame frame = Frame.read(in);
        if (frame.type() == Frame.GOAWAY && frame.errorCode() != 0) {
          return Told.error(frame);
        }
        take(frame);
      }
      return requireNonNull(ended.get(stream), "told");
    } catch (IOException e) {
      return Told.CLOSED;
    }
  }

  /** What as many streams are told as end first. */
  List<Told> awaitAny(int streams) {
    try {
      while (ended.size() < streams) {
        take(Frame.read(in));
      }
      return List.copyOf(ended.values());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(Frame frame) throws IOException {
    switch (frame.type()) {
      case Frame.SETTINGS, Frame.PING -> {
        if (!frame.has(Frame.ACK)) {
          send(frame.acknowledged());
        }
      }
      case Frame.RST_STREAM -> ended.putIfAbsent(frame.stream(), Told.error(frame));
      case Frame.HEADERS -> headers(frame);
      case Frame.DATA -> {
        if (frame.has(Frame.END_STREAM)) {
          Http2Headers only = requireNonNull(begun.get(frame.stream()), "headers before data");
          ended.putIfAbsent(frame.stream(), Told.status(only, only));
        }
      }
      default -> {
        // Window updates and the like: nothing here is large enough to need them.
      }
    }
  }

  private void headers(Frame frame) throws IOException {
    if (!frame.has(Frame.END_HEADERS) || frame.has(Frame.PADDED)) {
      throw new AssertionError("an answer in more than one plain frame");
    }
    Http2Headers fields = decode(frame);
    begun.putIfAbsent(frame.stream(), fields);
    if (frame.has(Frame.END_STREAM)) {
      Http2Headers first = requireNonNull(begun.get(frame.stream()), "first headers");
      ended.putIfAbsent(frame.stream(), Told.status(first, fields));
    }
  }

  private Http2Headers decode(Frame frame) throws IOException {
    try {
      return hpack.decodeHeaders(frame.stream(), Unpooled.wrappedBuffer(frame.payload()));
    } catch (Http2Exception e) {
      throw new IOException("an answer that is not HPACK", e);
    }
  }

  /** Closes the socket, in whatever state its streams are. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
