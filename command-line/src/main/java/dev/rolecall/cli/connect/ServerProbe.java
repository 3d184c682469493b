package dev.rolecall.cli.connect;

import dev.rolecall.cli.arguments.ServerAddress;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLException;

/**
 * A probe of an address: a handshake and, where it fails, the first bytes of HTTP/2. A failed
 * connection alone does not tell which end is wrong.
 */
public final class ServerProbe {

  /** The longest that a step may take, where nothing else bounds it. */
  public static final Duration TIMEOUT = Duration.ofSeconds(3);

  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0".getBytes(StandardCharsets.US_ASCII);

  /** The JDK's words for an alert of the other end, which speaks TLS then, and not ours. */
  private static final String ALERT = "Received fatal alert: protocol_version";

  private static final int FRAME_HEAD = 9;
  private static final int SETTINGS = 4;
  private static final int TLS_ALERT = 0x15;

  /** The kinds of answers. */
  public enum Kind {
    /** The name is not known. */
    UNKNOWN_NAME,
    /** Nothing listens, or there is no way to it. */
    REFUSED,
    /** No connection comes about, and nothing refuses it. */
    SILENT,
    /** It takes the connection, and nothing comes back. */
    HUNG,
    /** TLS 1.3, HTTP/2, a certificate that attests no role. */
    ORDINARY_TLS,
    /** TLS 1.3 and a certificate that attests a role. */
    ATTESTED_TLS,
    /** TLS 1.3 without HTTP/2: no gRPC server, or a proxy before it. */
    TLS_WITHOUT_HTTP2,
    /** TLS, and no TLS 1.3. */
    OLDER_TLS,
    /** HTTP/2 in plaintext, as a gRPC server without TLS. */
    PLAINTEXT,
    /** HTTP/1 in plaintext. */
    PLAINTEXT_HTTP1,
    /** Something else. */
    OTHER
  }

  private ServerProbe() {}

  /** Asks; blocks for some times the given time at most. */
  public static Kind of(ServerAddress server, Duration timeout) {
    return of(server, ServerHandshake.with(server, timeout), timeout);
  }

  /** The same, after that handshake. */
  public static Kind of(ServerAddress server, ServerHandshake handshake, Duration timeout) {
    if (!handshake.chain().isEmpty()) {
      return handshake
          .attestation()
          .fold(
              attested -> Kind.ATTESTED_TLS,
              ordinary ->
                  handshake.failure().isEmpty() && !handshake.isHttp2()
                      ? Kind.TLS_WITHOUT_HTTP2
                      : Kind.ORDINARY_TLS);
    }
    IOException failure = handshake.failure().orElseThrow();
    if (failure instanceof UnknownHostException) {
      return Kind.UNKNOWN_NAME;
    }
    if (failure instanceof ConnectException || failure instanceof NoRouteToHostException) {
      return Kind.REFUSED;
    }
    if (failure instanceof SSLException && String.valueOf(failure.getMessage()).contains(ALERT)) {
      return Kind.OLDER_TLS;
    }
    return plaintext(server, failure instanceof SocketTimeoutException, (int) timeout.toMillis());
  }

  private static Kind plaintext(ServerAddress server, boolean wasSilent, int millis) {
    boolean isConnected = false;
    try (Socket tcp = new Socket()) {
      tcp.setSoTimeout(millis);
      tcp.connect(server.resolved(), millis);
      isConnected = true;
      tcp.getOutputStream().write(PREFACE);
      tcp.getOutputStream().flush();
      return kind(tcp.getInputStream());
    } catch (IOException e) {
      if (!wasSilent || !(e instanceof SocketTimeoutException)) {
        return Kind.OTHER;
      }
      return isConnected ? Kind.HUNG : Kind.SILENT;
    }
  }

  private static Kind kind(InputStream in) throws IOException {
    byte[] head = in.readNBytes(FRAME_HEAD);
    if (head.length > 0 && head[0] == TLS_ALERT) {
      return Kind.OLDER_TLS;
    }
    if (new String(head, StandardCharsets.ISO_8859_1).startsWith("HTTP/1")) {
      return Kind.PLAINTEXT_HTTP1;
    }
    return head.length == FRAME_HEAD && head[3] == SETTINGS ? Kind.PLAINTEXT : Kind.OTHER;
  }
}
