package dev.rolecall.verifier.internal.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.Partition;
import dev.rolecall.verifier.Proofs;
import dev.rolecall.verifier.internal.answer.StsResponse;
import dev.rolecall.verifier.internal.endpoint.RegionName;
import dev.rolecall.verifier.internal.endpoint.StsEndpoint;
import java.net.Authenticator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS names the host whatever address answers, and proxies are told who asks. */
@Tag("attack")
final class StsOverTlsTest {

  private static final String NAME = "sts.eu-west-1.amazonaws.com";
  private static final String LOGIN = "Basic dTpw"; // u:p

  private static final ExecutorService THREADS = Executors.newCachedThreadPool();
  private static final HttpStsTransport.Timing TIMING =
      new HttpStsTransport.Timing(
          Duration.ofSeconds(2), HttpStsTransport.MOST_IDLE, System::nanoTime);
  private static TestTls tls;
  private static HttpsServer server;

  private final List<String> askedFor = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void serve(@TempDir Path folder) throws Exception {
    tls = TestTls.of(NAME, folder);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls.server()));
    server.setExecutor(THREADS);
    server.createContext(
        "/",
        exchange -> {
          byte[] host = exchange.getRequestHeaders().getFirst("Host").getBytes(US_ASCII);
          exchange.sendResponseHeaders(200, host.length);
          exchange.getResponseBody().write(host);
          exchange.close();
        });
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop(0);
    THREADS.shutdownNow();
  }

  @AfterEach
  void forget() {
    Authenticator.setDefault(null);
  }

  private static HttpStsTransport transport(Map<String, String> environment) throws Exception {
    // The first address of the host refuses; another host has one address.
    InetAddress[] zones = {LineServer.loopback(7), LineServer.loopback(1)};
    InetAddress[] one = {LineServer.loopback(1)};
    StsProxies proxies = StsProxies.of(environment);
    return HttpStsTransport.create(
        TIMING,
        THREADS,
        proxies,
        new HostNames(THREADS, host -> host.equals(NAME) ? zones : one, proxies),
        tls.client());
  }

  private static StsRequest request(String host) {
    StsEndpoint endpoint =
        StsEndpoint.at(
            URI.create("https://" + host + ":" + server.getAddress().getPort()),
            new RegionName("eu-west-1"),
            Partition.AWS);
    return StsRequest.rebuild(endpoint, Audience.of("orders"), Proofs.builder().build());
  }

  private static StsResponse got(CompletableFuture<StsResponse> response) throws Exception {
    return response.get(20, TimeUnit.SECONDS);
  }

  private void answerProxies(String user, String password) {
    Authenticator.setDefault(
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            askedFor.add(
                getRequestorType() + " " + getRequestingPrompt() + " " + getRequestingURL());
            return new PasswordAuthentication(user, password.toCharArray());
          }
        });
  }

  @Test
  void send_toTheSecondAddress_namesTheHostInTlsAndHttp() throws Exception {
    try (HttpStsTransport transport = transport(Map.of())) {
      String host = new String(got(transport.send(request(NAME))).body(), US_ASCII);

      assertThat(host).isEqualTo(NAME + ":" + server.getAddress().getPort());
    }
  }

  @Test
  void send_toAHostThatTheCertificateDoesNotName_failsBeforeTheRequest() throws Exception {
    try (HttpStsTransport transport = transport(Map.of())) {
      assertThatThrownBy(() -> got(transport.send(request("sts.us-east-1.amazonaws.com"))))
          .hasCauseInstanceOf(SSLPeerUnverifiedException.class)
          .hasMessageNotContaining("SECRET");
    }
  }

  @Test
  void send_toAServerThatNobodyTrusts_fails(@TempDir Path folder) throws Exception {
    HttpStsTransport.TlsTrust other = TestTls.of(NAME, folder).client();
    StsProxies none = StsProxies.of(Map.of());
    try (HttpStsTransport transport =
        HttpStsTransport.create(
            TIMING,
            THREADS,
            none,
            new HostNames(THREADS, host -> new InetAddress[] {LineServer.loopback(1)}, none),
            other)) {
      assertThatThrownBy(() -> got(transport.send(request(NAME))))
          .hasCauseInstanceOf(SSLException.class);
    }
  }

  @Test
  void send_throughAProxyThatAsks_isAnsweredByTheJvmsAuthenticator() throws Exception {
    answerProxies("u", "p");
    try (FakeProxy proxy =
            new FakeProxy("Basic realm=\"corp\"", LOGIN, server.getAddress().getPort());
        HttpStsTransport transport =
            transport(Map.of("HTTPS_PROXY", "http://127.0.0.1:" + proxy.port()))) {
      assertThat(got(transport.send(request(NAME)))).extracting(StsResponse::status).isEqualTo(200);

      assertThat(proxy.asked.get(0)).startsWith("CONNECT " + NAME + ":");
      assertThat(String.join("", proxy.asked)).doesNotContain("X-Amz");
      assertThat(askedFor).hasSize(1);
      assertThat(askedFor.get(0)).startsWith("PROXY corp https://" + NAME).doesNotContain("X-Amz");
    }
  }

  @Test
  void send_throughAProxyWithALoginInItsUrl_isGreetedWithIt() throws Exception {
    try (FakeProxy proxy =
            new FakeProxy("Basic realm=\"corp\"", LOGIN, server.getAddress().getPort());
        HttpStsTransport transport =
            transport(Map.of("https_proxy", "http://u:p@127.0.0.1:" + proxy.port()))) {
      assertThat(got(transport.send(request(NAME)))).extracting(StsResponse::status).isEqualTo(200);
      assertThat(proxy.asked).hasSize(1);
    }
  }

  @Test
  void send_toAFarEndThatPosesAsTheProxy_showsItNoLogin() throws Exception {
    List<String> logins = new CopyOnWriteArrayList<>();
    HttpsServer posing =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    posing.setHttpsConfigurator(new HttpsConfigurator(tls.server()));
    posing.createContext(
        "/",
        exchange -> {
          logins.add(String.valueOf(exchange.getRequestHeaders().getFirst("Proxy-Authorization")));
          exchange.getResponseHeaders().add("Proxy-Authenticate", "Basic realm=\"corp\"");
          exchange.sendResponseHeaders(407, -1);
          exchange.close();
        });
    posing.start();
    answerProxies("u", "p");
    try (FakeProxy proxy = new FakeProxy("", LOGIN, posing.getAddress().getPort());
        HttpStsTransport transport =
            transport(Map.of("HTTPS_PROXY", "http://u:p@127.0.0.1:" + proxy.port()))) {
      assertThat(got(transport.send(request(NAME)))).extracting(StsResponse::status).isEqualTo(407);

      assertThat(logins).containsExactly("null");
      assertThat(askedFor).isEmpty();
    } finally {
      posing.stop(0);
    }
  }

  @Test
  void send_throughAProxyThatIsNotAnswered_failsAsWhatItIs() throws Exception {
    for (String demand : List.of("Basic realm=\"corp\"", "Negotiate", "Digest realm=\"c\"")) {
      try (FakeProxy proxy = new FakeProxy(demand, LOGIN, server.getAddress().getPort());
          HttpStsTransport transport =
              transport(Map.of("HTTPS_PROXY", "http://127.0.0.1:" + proxy.port()))) {
        assertThatThrownBy(() -> got(transport.send(request(NAME))))
            .as(demand)
            .hasCauseInstanceOf(ProxyAuthenticationException.class)
            .hasMessageContaining("the proxy 127.0.0.1:" + proxy.port() + " asks for credentials");
      }
    }
    answerProxies("u", "wrong");
    try (FakeProxy proxy =
            new FakeProxy("Basic realm=\"corp\"", LOGIN, server.getAddress().getPort());
        HttpStsTransport transport =
            transport(Map.of("HTTPS_PROXY", "http://127.0.0.1:" + proxy.port()))) {
      assertThatThrownBy(() -> got(transport.send(request(NAME))))
          .hasCauseInstanceOf(ProxyAuthenticationException.class)
          .hasMessageContaining("refuses the credentials")
          .hasMessageNotContaining("wrong");
    }
  }
}
