package dev.rolecall.cli.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.failure.IoWords;
import dev.rolecall.cli.front.PrometheusMetrics;
import dev.rolecall.cli.server.HttpAnswer;
import io.opentelemetry.api.OpenTelemetry;
import io.prometheus.metrics.exporter.httpserver.MetricsHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The port at which a proxy's keys, readiness and metrics are read, by GET. Not ready until it is
 * told how to find out.
 */
public final class ProxyHttp implements AutoCloseable {

  /** The path of the key set. */
  public static final String KEYS = "/.well-known/jwks.json";

  private static final int THREADS = 4;

  /** The time that a request may take to come, and its answer to go. */
  private static final String LONGEST_SECONDS = "5";

  private static final String JSON = "application/json";
  private static final String TEXT = "text/plain; charset=utf-8";

  static {
    // The JDK's server has no limit by itself, and a thread waits for each request that has begun.
    limit("sun.net.httpserver.maxReqTime");
    limit("sun.net.httpserver.maxRspTime");
  }

  private final @Nullable HttpServer server;
  private final @Nullable PrometheusMetrics metrics;
  private final @Nullable ExecutorService threads;
  private volatile BooleanSupplier ready = () -> false;
  private volatile @Nullable Supplier<Optional<byte[]>> keys;

  private ProxyHttp(
      @Nullable HttpServer server,
      @Nullable PrometheusMetrics metrics,
      @Nullable ExecutorService threads) {
    this.server = server;
    this.metrics = metrics;
    this.threads = threads;
  }

  private static void limit(String property) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, LONGEST_SECONDS);
    }
  }

  /** Nothing is served. */
  public static ProxyHttp none() {
    return new ProxyHttp(null, null, null);
  }

  /**
   * Serves from now on.
   *
   * @param host an address of this machine, or {@code 0.0.0.0} for all of them
   * @param port 0 for any free one
   * @throws CommandFailure if the port cannot be had
   */
  static ProxyHttp on(String host, int port) {
    HttpServer server;
    try {
      server = HttpServer.create(new InetSocketAddress(host, port), 0);
    } catch (IOException e) {
      throw new CommandFailure(
          "--http-port: cannot listen on " + host + ":" + port + ": " + IoWords.why(e), e);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--http-port: " + port + " (expected: 0 to 65535)", e);
    }
    PrometheusMetrics metrics = new PrometheusMetrics();
    ExecutorService threads =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread made = new Thread(task, "rolecall-http");
              made.setDaemon(true);
              return made;
            });
    ProxyHttp made = new ProxyHttp(server, metrics, threads);
    server.setExecutor(threads);
    server.createContext("/metrics", new MetricsHandler(metrics.registry()));
    server.createContext("/", made::answer);
    server.start();
    return made;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("GET")
          && !exchange.getRequestMethod().equals("HEAD")) {
        HttpAnswer.send(exchange, 405, TEXT, "GET only\n".getBytes(US_ASCII));
        return;
      }
      switch (exchange.getRequestURI().getPath()) {
        case KEYS -> sendKeys(exchange);
        case "/healthz" -> HttpAnswer.send(exchange, 200, TEXT, "ok\n".getBytes(US_ASCII));
        case "/readyz" -> {
          boolean isReady = ready.getAsBoolean();
          HttpAnswer.send(
              exchange,
              isReady ? 200 : 503,
              TEXT,
              (isReady ? "ready\n" : "not ready\n").getBytes(US_ASCII));
        }
        default -> HttpAnswer.send(exchange, 404, TEXT, "no such path\n".getBytes(US_ASCII));
      }
    }
  }

  private void sendKeys(HttpExchange exchange) throws IOException {
    Supplier<Optional<byte[]>> known = keys;
    if (known == null) {
      // Not 404: a reader could take that for a proxy that signs nothing, and keep it.
      HttpAnswer.send(exchange, 503, TEXT, "not ready\n".getBytes(US_ASCII));
      return;
    }
    Optional<byte[]> document = known.get();
    if (document.isEmpty()) {
      HttpAnswer.send(exchange, 404, TEXT, "no tokens are signed here\n".getBytes(US_ASCII));
      return;
    }
    exchange.getResponseHeaders().set("Cache-Control", "public, max-age=300");
    HttpAnswer.send(exchange, 200, JSON, document.get());
  }

  /** Has {@code /readyz} ask that. It must not block. */
  public void readyWhen(BooleanSupplier isReady) {
    this.ready = requireNonNull(isReady, "isReady");
  }

  /** Has the key set be that document; empty where no tokens are signed. 503 until then. */
  public void keys(Supplier<Optional<byte[]>> document) {
    this.keys = requireNonNull(document, "document");
  }

  /** What instruments are made with. */
  public OpenTelemetry telemetry() {
    return metrics == null ? OpenTelemetry.noop() : metrics.telemetry();
  }

  /** The URL that it is reached by; empty where nothing is served. */
  public Optional<String> url() {
    return server == null
        ? Optional.empty()
        : Optional.of(
            "http://"
                + server.getAddress().getAddress().getHostAddress()
                + ":"
                + server.getAddress().getPort());
  }

  @Override
  public void close() {
    if (server != null) {
      server.stop(0);
    }
    if (threads != null) {
      threads.shutdown();
    }
    if (metrics != null) {
      metrics.close();
    }
  }
}
