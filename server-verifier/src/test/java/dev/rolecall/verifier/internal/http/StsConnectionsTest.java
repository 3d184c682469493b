package dev.rolecall.verifier.internal.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rolecall.identity.Audience;
import dev.rolecall.identity.Partition;
import dev.rolecall.verifier.Proofs;
import dev.rolecall.verifier.internal.answer.StsResponse;
import dev.rolecall.verifier.internal.endpoint.RegionName;
import dev.rolecall.verifier.internal.endpoint.StsEndpoint;
import dev.rolecall.verifier.internal.http.LineServer.Fate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Connections that networks cut, and hosts of which not every address answers. */
@Tag("attack")
final class StsConnectionsTest {

  private static final Duration CONNECT = Duration.ofSeconds(2);

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private HttpStsTransport transport(Duration mostIdle, String... addresses)
      throws IOException, NoSuchAlgorithmException {
    List<InetAddress> found = new ArrayList<>();
    for (String address : addresses) {
      found.add(InetAddress.getByName(address));
    }
    StsProxies proxies = StsProxies.of(Map.of());
    return HttpStsTransport.create(
        new HttpStsTransport.Timing(CONNECT, mostIdle, System::nanoTime),
        threads,
        proxies,
        new HostNames(threads, host -> found.toArray(InetAddress[]::new), proxies),
        TestTls.trustingNobody());
  }

  private static StsRequest requestTo(int port) {
    StsEndpoint endpoint =
        StsEndpoint.at(
            URI.create("http://localhost:" + port), new RegionName("us-east-1"), Partition.AWS);
    return StsRequest.rebuild(endpoint, Audience.of("orders"), Proofs.builder().build());
  }

  private static int status(CompletableFuture<StsResponse> response) throws Exception {
    return response.get(20, TimeUnit.SECONDS).status();
  }

  @Test
  void send_again_takesThePooledConnection() throws Exception {
    try (LineServer server = new LineServer((connection, request) -> Fate.ANSWERED);
        HttpStsTransport transport = transport(HttpStsTransport.MOST_IDLE, "127.0.0.1")) {
      StsRequest request = requestTo(server.port());
      assertThat(status(transport.send(request))).isEqualTo(200);
      assertThat(status(transport.send(request))).isEqualTo(200);
      assertThat(server.requests).containsExactly(0, 0);
      assertThat(server.heads.get(0)).contains("Host: localhost:" + server.port());

      assertThat(status(transport.send(request.onNewConnection()))).isEqualTo(200);
      assertThat(server.requests).containsExactly(0, 0, 1);
    }
  }

  @Test
  void send_onConnectionsThatWereReset_isAnsweredOnAnother() throws Exception {
    try (LineServer server =
            new LineServer((connection, request) -> request == 0 ? Fate.ANSWERED : Fate.RESET);
        HttpStsTransport transport = transport(HttpStsTransport.MOST_IDLE, "127.0.0.1")) {
      for (int i = 0; i < 4; i++) {
        assertThat(status(transport.send(requestTo(server.port())))).isEqualTo(200);
      }
    }
  }

  @Test
  void send_onAConnectionCutInSilence_isAnsweredOnANewOne() throws Exception {
    try (LineServer server =
            new LineServer((connection, request) -> request == 0 ? Fate.ANSWERED : Fate.SILENCE);
        HttpStsTransport transport = transport(HttpStsTransport.MOST_IDLE, "127.0.0.1")) {
      StsRequest request = requestTo(server.port());
      assertThat(status(transport.send(request))).isEqualTo(200);
      CompletableFuture<StsResponse> lost = transport.send(request);
      while (server.requests.size() < 2) {
        Thread.onSpinWait();
      }

      assertThat(status(transport.send(request.onNewConnection()))).isEqualTo(200);
      assertThat(lost).isNotDone();
      lost.cancel(true);
    }
  }

  @Test
  void idleConnection_endsWithinFiftySeconds() throws Exception {
    assertThat(HttpStsTransport.MOST_IDLE).isLessThanOrEqualTo(Duration.ofSeconds(50));
    try (ServerSocket server = new ServerSocket(0, 5, LineServer.loopback(1));
        HttpStsTransport transport = transport(Duration.ofMillis(100), "127.0.0.1")) {
      CompletableFuture<StsResponse> response = transport.send(requestTo(server.getLocalPort()));
      try (Socket connection = server.accept()) {
        connection.setSoTimeout(20_000);
        byte[] head = new byte[8_192];
        assertThat(connection.getInputStream().read(head)).isPositive();
        connection
            .getOutputStream()
            .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII));
        assertThat(status(response)).isEqualTo(200);
        assertThat(connection.getInputStream().read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void send_whereTheFirstAddressRefuses_isAnsweredByTheNext() throws Exception {
    try (LineServer server = new LineServer((connection, request) -> Fate.ANSWERED);
        HttpStsTransport transport =
            transport(HttpStsTransport.MOST_IDLE, "127.0.0.7", "::1", "127.0.0.1")) {
      assertThat(status(transport.send(requestTo(server.port())))).isEqualTo(200);
      assertThat(status(transport.send(requestTo(server.port()).onNewConnection()))).isEqualTo(200);
    }
  }

  @Test
  void send_whereTheFirstAddressIsSilent_isAnsweredByTheNextAtOnce() throws Exception {
    try (LineServer server = new LineServer((connection, request) -> Fate.ANSWERED);
        BlackHole dead = new BlackHole("127.0.0.7", server.port());
        HttpStsTransport transport =
            transport(HttpStsTransport.MOST_IDLE, "127.0.0.7", "127.0.0.1")) {
      assumeTrue(dead.isOne(), "this system drops no SYN on a full backlog");
      long began = System.nanoTime();
      assertThat(status(transport.send(requestTo(server.port())))).isEqualTo(200);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(CONNECT);
    }
  }

  /** An address whose port takes no connection, and does not say so. */
  private static final class BlackHole implements AutoCloseable {

    private final ServerSocket socket;
    private final List<Socket> crowd = new ArrayList<>();
    private boolean full;

    BlackHole(String address, int port) throws IOException {
      socket = new ServerSocket(port, 1, InetAddress.getByName(address));
      for (int i = 0; i < 8 && !full; i++) {
        Socket one = new Socket();
        try {
          one.connect(new InetSocketAddress(address, port), 300);
          crowd.add(one);
        } catch (IOException e) {
          full = true;
          one.close();
        }
      }
    }

    boolean isOne() {
      return full;
    }

    @Override
    public void close() throws IOException {
      for (Socket one : crowd) {
        one.close();
      }
      socket.close();
    }
  }
}
