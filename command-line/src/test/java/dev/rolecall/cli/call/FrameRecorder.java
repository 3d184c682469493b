package dev.rolecall.cli.call;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.grpc.TlsServerCredentials;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * A server's end of TLS, with the credentials it is given, that notes every HTTP/2 frame it is
 * sent, decrypted, until its one client hangs up. It ends each stream that is opened on it with an
 * error.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9113#section-4.1">RFC 9113, section 4.1</a>
 */
final class FrameRecorder implements AutoCloseable {

  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int ACK = 1;
  private static final int INTERNAL_ERROR = 2;

  private final SSLServerSocket listening;
  private final List<Seen> frames = new ArrayList<>();
  private final CompletableFuture<List<Seen>> all = new CompletableFuture<>();

  /**
   * A frame's head.
   *
   * @param type what it carries
   * @param flags what its type makes of them
   * @param stream 0 for the connection; that of a request for every byte of a request
   */
  record Seen(int type, int flags, int stream) {

    boolean isOfConnection() {
      return stream == 0;
    }

    boolean isHeaders() {
      return type == HEADERS;
    }
  }

  FrameRecorder(TlsServerCredentials credentials) {
    try {
      SSLContext tls = SSLContext.getInstance("TLSv1.3");
      tls.init(
          credentials.getKeyManagers().toArray(KeyManager[]::new),
          credentials.getTrustManagers().toArray(TrustManager[]::new),
          null);
      this.listening =
          (SSLServerSocket)
              tls.getServerSocketFactory()
                  .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError("a server on the loopback cannot be had", e);
    }
    SSLParameters parameters = listening.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    parameters.setNeedClientAuth(true);
    listening.setSSLParameters(parameters);
    Thread thread = new Thread(this::serveOne, "recorder");
    thread.setDaemon(true);
    thread.start();
  }

  String address() {
    return "127.0.0.1:" + listening.getLocalPort();
  }

  /** All frames of the connection, once the client has hung up. */
  List<Seen> frames() throws Exception {
    return all.get(2, TimeUnit.MINUTES);
  }

  private void serveOne() {
    try (SSLSocket client = (SSLSocket) listening.accept();
        DataInputStream in = new DataInputStream(new BufferedInputStream(client.getInputStream()));
        OutputStream out = client.getOutputStream()) {
      // The command knocks once more to say what is wrong, and would wait to be heard.
      listening.close();
      String preface = new String(in.readNBytes(PREFACE.length()), US_ASCII);
      if (!preface.equals(PREFACE)) {
        throw new AssertionError("what came was not HTTP/2: " + preface);
      }
      out.write(frame(SETTINGS, 0, 0));
      noteUntilTheEnd(in, out);
      all.complete(List.copyOf(frames));
    } catch (IOException | AssertionError e) {
      all.completeExceptionally(e);
    }
  }

  private void noteUntilTheEnd(DataInputStream in, OutputStream out) throws IOException {
    while (true) {
      int first = in.read();
      if (first < 0) {
        return;
      }
      int length = (first << 16) | in.readUnsignedShort();
      Seen seen = new Seen(in.readUnsignedByte(), in.readUnsignedByte(), in.readInt());
      in.skipNBytes(length);
      frames.add(seen);
      if (seen.type == SETTINGS && seen.flags != ACK) {
        out.write(frame(SETTINGS, ACK, 0));
      } else if (seen.isHeaders()) {
        out.write(frame(RST_STREAM, 0, seen.stream, INTERNAL_ERROR));
      }
    }
  }

  private static byte[] frame(int type, int flags, int stream, int... payload) {
    ByteBuffer frame =
        ByteBuffer.allocate(9 + 4 * payload.length)
            .put((byte) 0)
            .putShort((short) (4 * payload.length))
            .put((byte) type)
            .put((byte) flags)
            .putInt(stream);
    for (int word : payload) {
      frame.putInt(word);
    }
    return frame.array();
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
