package dev.rolecall.exchange.internal.http;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import dev.rolecall.identity.internal.DaemonThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A server of HTTP/1.1 by the JDK, with up to {@value #MOST_THREADS} daemon threads. The JDK reads
 * a request on one of them, so a slow client holds it; for {@value #REQUEST_SECONDS} seconds at
 * most, unless the process sets {@code sun.net.httpserver.maxReqTime} otherwise.
 */
public final class BoundServer implements AutoCloseable {

  private static final int MOST_THREADS = 128;
  private static final int IDLE_SECONDS = 30;
  private static final int REQUEST_SECONDS = 10;
  private static final int RESPONSE_SECONDS = 40;

  private final HttpServer server;
  private final ThreadPoolExecutor threads;
  private final int drainSeconds;

  private BoundServer(HttpServer server, ThreadPoolExecutor threads, int drainSeconds) {
    this.server = server;
    this.threads = threads;
    this.drainSeconds = drainSeconds;
  }

  /**
   * A server at that address, not started yet.
   *
   * @param tls null for plain HTTP
   * @param drainSeconds how long a close waits for requests under way. The JDK waits as long where
   *     there are none
   * @throws UncheckedIOException if the address cannot be had; the message names it
   */
  public static BoundServer at(
      InetSocketAddress address, @Nullable ServerTls tls, int drainSeconds) {
    limit("sun.net.httpserver.maxReqTime", REQUEST_SECONDS);
    limit("sun.net.httpserver.maxRspTime", RESPONSE_SECONDS);
    limit("jdk.httpserver.maxConnections", MOST_THREADS * 8);
    // The JDK's server writes headers and body apart, which Nagle's algorithm holds back for 40 ms.
    setUnlessSet("sun.net.httpserver.nodelay", "true");
    try {
      ThreadPoolExecutor threads =
          new ThreadPoolExecutor(
              MOST_THREADS,
              MOST_THREADS,
              IDLE_SECONDS,
              TimeUnit.SECONDS,
              new LinkedBlockingQueue<>(),
              new DaemonThreads("rolecall-exchange-"));
      threads.allowCoreThreadTimeOut(true);
      HttpServer server = tls == null ? HttpServer.create(address, 0) : secure(address, tls);
      server.setExecutor(threads);
      return new BoundServer(server, threads, drainSeconds);
    } catch (IOException e) {
      throw new UncheckedIOException(
          address.getHostString() + ":" + address.getPort() + ": cannot be listened on", e);
    }
  }

  private static HttpServer secure(InetSocketAddress address, ServerTls tls) throws IOException {
    HttpsServer server = HttpsServer.create(address, 0);
    server.setHttpsConfigurator(tls.configurator());
    return server;
  }

  /** The JDK reads these once, and has no other way to be told. */
  private static void limit(String property, int most) {
    setUnlessSet(property, Integer.toString(most));
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /** Starts to hand all requests to that handler. */
  public void start(HttpHandler handler) {
    server.createContext("/", handler);
    server.start();
  }

  /** The threads of its handlers. */
  public Executor threads() {
    return threads;
  }

  /** The address it listens on. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  /** Takes no more requests, and waits for those under way. */
  @Override
  public void close() {
    server.stop(drainSeconds);
    threads.shutdown();
  }
}
