package dev.rolecall.verifier.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.rolecall.verifier.internal.answer.StsResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/**
 * STS over OkHttp, on a thread for each request under way.
 *
 * <p>No redirect is followed: a {@code Location} could send the session token anywhere. It speaks
 * HTTP/1.1, so that a broken connection breaks one look-up. An idle connection ends within 50
 * seconds, before a NAT gateway or a firewall forgets it. A request that asks for a new connection
 * has one to itself, to another of the host's addresses first. Every address of a host is tried,
 * the next after a quarter of a second. Proxies: {@link StsProxies}.
 */
public final class HttpStsTransport implements StsTransport {

  /** For each address of a host. */
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  static final Duration MOST_IDLE = Duration.ofSeconds(45);
  private static final int MOST_IDLE_CONNECTIONS = 64;
  private static final Duration LAST_RESORT = Duration.ofSeconds(30);

  /** A connection that has been silent for so long after a request may be one that was cut. */
  private static final Duration SUSPICIOUS = Duration.ofSeconds(1);

  private final OkHttpClient pooled;
  private final OkHttpClient unpooled;
  private final HostNames names;
  private final Executor carrier;
  private final LongSupplier ticker;
  private volatile boolean closed;

  private HttpStsTransport(
      OkHttpClient client, HostNames names, Executor carrier, LongSupplier ticker) {
    this.pooled = client;
    this.unpooled =
        client
            .newBuilder()
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
            .dns(host -> names.addresses(host, 1))
            .build();
    this.names = requireNonNull(names, "names");
    this.carrier = requireNonNull(carrier, "carrier");
    this.ticker = requireNonNull(ticker, "ticker");
  }

  /**
   * A transport of its own connections.
   *
   * @param carrier sends requests and waits for their answers: a thread for each under way; it must
   *     not reject
   * @param resolver resolves names, which may block for long: at most one task at a time for each
   *     host; it must not reject
   * @param ticker elapsed time in nanoseconds
   */
  public static HttpStsTransport create(Executor carrier, Executor resolver, LongSupplier ticker) {
    return create(carrier, resolver, ticker, StsProxies.of(System.getenv()));
  }

  /** The same, by those proxies. */
  public static HttpStsTransport create(
      Executor carrier, Executor resolver, LongSupplier ticker, StsProxies proxies) {
    return create(
        new Timing(CONNECT_TIMEOUT, MOST_IDLE, ticker),
        carrier,
        proxies,
        HostNames.ofJdk(resolver, proxies),
        systemTrust());
  }

  static HttpStsTransport create(
      Timing timing, Executor carrier, StsProxies proxies, HostNames names, TlsTrust trust) {
    return new HttpStsTransport(
        new OkHttpClient.Builder()
            .protocols(List.of(Protocol.HTTP_1_1))
            .connectTimeout(timing.connect())
            // The exchange's own limit is shorter; no thread may wait for ever without it.
            .readTimeout(LAST_RESORT)
            .writeTimeout(LAST_RESORT)
            .followRedirects(false)
            .followSslRedirects(false)
            .connectionPool(
                new ConnectionPool(
                    MOST_IDLE_CONNECTIONS, timing.mostIdle().toMillis(), TimeUnit.MILLISECONDS))
            .sslSocketFactory(trust.context().getSocketFactory(), trust.manager())
            .proxySelector(proxies)
            .proxyAuthenticator(new ProxyLogin(proxies))
            .dns(host -> names.addresses(host, 0))
            .eventListenerFactory(Progress::of)
            .build(),
        names,
        carrier,
        timing.ticker());
  }

  /**
   * The time that a connection is waited for, and the time that it may idle.
   *
   * @param connect for each address of a host
   * @param ticker elapsed time in nanoseconds
   */
  record Timing(Duration connect, Duration mostIdle, LongSupplier ticker) {}

  /**
   * The trust of TLS.
   *
   * @param context makes the sockets, and checks the chain
   * @param manager for OkHttp's pins, of which there are none
   */
  record TlsTrust(SSLContext context, X509TrustManager manager) {}

  /** The JVM's default, which an application may have set. */
  private static TlsTrust systemTrust() {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      X509TrustManager manager =
          Stream.of(factory.getTrustManagers())
              .filter(X509TrustManager.class::isInstance)
              .map(X509TrustManager.class::cast)
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("the JVM has no X.509 trust manager"));
      return new TlsTrust(SSLContext.getDefault(), manager);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JVM's default TLS settings cannot be used", e);
    }
  }

  @Override
  public CompletableFuture<StsResponse> send(StsRequest request) {
    if (closed) {
      // The threads may have ended too: nothing may wait for the network on the caller's.
      return CompletableFuture.failedFuture(new IOException("closed"));
    }
    CompletableFuture<StsResponse> response = new CompletableFuture<>();
    var unused =
        names
            .resolved(request.uri())
            .thenRunAsync(() -> exchange(request, response), carrier)
            .whenComplete(
                (ended, defect) -> {
                  if (defect != null) {
                    response.completeExceptionally(cause(defect));
                  }
                });
    return response;
  }

  private void exchange(StsRequest request, CompletableFuture<StsResponse> response) {
    if (closed) {
      response.completeExceptionally(new IOException("closed"));
    }
    if (response.isDone()) {
      // Given up while its host was looked up.
      return;
    }
    Progress progress = new Progress(ticker);
    Call call =
        (request.wantsNewConnection() ? unpooled : pooled).newCall(written(request, progress));
    var unused =
        response.whenComplete(
            (answer, failure) -> {
              if (response.isCancelled()) {
                call.cancel();
                if (progress.isSilentFor(SUSPICIOUS)) {
                  // What cut this connection may have cut all of them.
                  pooled.connectionPool().evictAll();
                }
              }
            });
    try (Response answer = call.execute()) {
      response.complete(
          new StsResponse(answer.code(), answer.headers().values("content-type"), body(answer)));
    } catch (IOException e) {
      response.completeExceptionally(e);
    }
  }

  /**
   * Sends a request without a signature, which STS refuses in words of its own, on a new
   * connection. Blocks: for that time, and for as long as its host's name takes to be resolved.
   *
   * @throws ProxyRefusalException if a proxy answered in the endpoint's place
   * @throws ProxyAuthenticationException if a proxy asks for credentials
   */
  public UnsignedAnswer unsigned(URI endpoint, Duration timeout) throws IOException {
    URI question = endpoint.resolve("/?Action=GetCallerIdentity&Version=2011-06-15");
    Request get =
        new Request.Builder()
            .url(question.toString())
            .header("accept-encoding", "identity")
            .build();
    Call call = unpooled.newBuilder().callTimeout(timeout).build().newCall(get);
    try (Response answer = call.execute()) {
      return new UnsignedAnswer(
          answer.code(),
          new String(body(answer), UTF_8),
          Optional.ofNullable(answer.headers().getInstant("date")));
    } catch (IOException e) {
      throw ProxyRefusalException.in(e);
    }
  }

  private static Request written(StsRequest request, Progress progress) {
    Request.Builder get =
        new Request.Builder().url(request.uri().toString()).tag(Progress.class, progress);
    for (Map.Entry<String, String> header : request.headers().entrySet()) {
      get.header(header.getKey(), header.getValue());
    }
    // Else the client would ask for a compressed body, and unpack it before its length is counted.
    return get.header("accept-encoding", "identity").build();
  }

  private static byte[] body(Response answer) throws IOException {
    try (InputStream in = answer.body().byteStream()) {
      byte[] body = in.readNBytes(StsResponse.MAX_BODY + 1);
      if (body.length > StsResponse.MAX_BODY) {
        throw new AnswerTooLongException();
      }
      return body;
    }
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }

  /** Ends idle connections. Those in use end with their requests. */
  @Override
  public void close() {
    closed = true;
    pooled.connectionPool().evictAll();
  }
}
