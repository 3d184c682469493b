package dev.rolecall.cli.log;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.cli.server.EchoServer;
import dev.rolecall.testsupport.TestCertificate;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
final class ConnectionLogTest {

  private static final Map<String, String> SENT =
      Map.of(
          "HELLO", "\u0016\u0003\u0001\u0000\u0005\u0001\u0000\u0000\u0001\u0003",
          "PREFACE", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
          "GET", "GET /?secret HTTP/1.1\r\n\r\n",
          "WORDS", "secret secret secret secret");

  private final AtomicLong now = new AtomicLong();
  private final Logger grpc = Logger.getLogger(ConnectionLog.LOGGER);
  private final Logger told = Logger.getLogger(ConnectionLog.OWN_LOGGER);
  private final Logger root = Logger.getLogger("");
  private final Recorder recorder = new Recorder();

  private static final class Recorder extends Handler {
    private final Queue<LogRecord> records = new ConcurrentLinkedQueue<>();

    @Override
    public void publish(LogRecord record) {
      records.add(record);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @BeforeEach
  void listen() {
    grpc.setLevel(Level.INFO);
    told.setLevel(Level.INFO);
    grpc.setFilter(new ConnectionLog(() -> Instant.ofEpochMilli(now.get())));
    root.addHandler(recorder);
  }

  @AfterEach
  void leave() {
    root.removeHandler(recorder);
    grpc.setFilter(null);
    grpc.setLevel(null);
    told.setLevel(null);
  }

  @Test
  void connectionsToATlsPort_inPlaintext_logNothing() throws Exception {
    TestCertificate certificate = TestCertificate.named("orders");
    Server server = EchoServer.start(0, certificate.ofServer());
    try {
      send(server, SENT.get("PREFACE"));
      send(server, SENT.get("GET"));
    } finally {
      server.shutdownNow().awaitTermination();
    }

    assertThat(toldOfConnections()).isEmpty();
  }

  /** Returns once the server has hung up. */
  private static void send(Server server, @Nullable String text) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort())) {
      socket.getOutputStream().write(requireNonNull(text).getBytes(US_ASCII));
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    } catch (java.net.SocketException e) {
      // Reset, which is hanging up too.
    }
  }

  private List<LogRecord> toldOfConnections() {
    return recorder.records.stream()
        .filter(record -> record.getThrown() != null || record.getMessage().startsWith("a conn"))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "HELLO, a client speaks TLS to this plaintext port",
    "GET, a client speaks HTTP/1",
    "WORDS, it broke the rules",
  })
  void connectionsThatFail_areToldOnceAMinuteWithoutAStack(String sent, String words)
      throws Exception {
    Server server = EchoServer.start(0, InsecureServerCredentials.create());
    try {
      for (int i = 0; i < 3; i++) {
        send(server, SENT.get(sent));
      }
      now.addAndGet(60_000);
      send(server, SENT.get(sent));
    } finally {
      server.shutdownNow().awaitTermination();
    }

    assertThat(toldOfConnections())
        .hasSize(2)
        .allSatisfy(
            record -> {
              assertThat(record.getThrown()).isNull();
              assertThat(record.getMessage()).contains(words).doesNotContain("secret");
            });
  }

  @Test
  void logger_isTheOneThatGrpcWritesTo() {
    Logging.configure();

    assertThat(Logger.getLogger(ConnectionLog.LOGGER).getFilter())
        .isInstanceOf(ConnectionLog.class);
  }
}
