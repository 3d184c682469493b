package dev.rolecall.cli.console.web;

import com.sun.net.httpserver.HttpServer;
import dev.rolecall.cli.console.answer.Endpoint;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.failure.IoWords;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The web server of one console, at 127.0.0.1. It serves the page to anyone on this machine, and
 * everything else to those that have exchanged a code for a token.
 *
 * <p>Each request has a thread, of at most 32: a further connection is closed.
 */
public final class ConsoleHttp implements AutoCloseable {

  private static final int MOST_REQUESTS = 32;
  private static final long IDLE_THREAD_SECONDS = 30;

  /** The time that a request may take to come. An answer may last: it may be a stream. */
  private static final String LONGEST_REQUEST_SECONDS = "10";

  static {
    // The JDK's server has no limit by itself, and waits with small answers for more to send.
    unlessSet("sun.net.httpserver.maxReqTime", LONGEST_REQUEST_SECONDS);
    unlessSet("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final String host;

  private ConsoleHttp(HttpServer server, ExecutorService threads, String host) {
    this.server = server;
    this.threads = threads;
    this.host = host;
  }

  private static void unlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /**
   * Serves from now on.
   *
   * @param port 0 for any free one
   * @param keys who may ask
   * @param idle told of each request by a person
   * @param endpoints what answers, by path below {@code /api/}
   * @throws CommandFailure if the port cannot be had
   */
  public static ConsoleHttp open(
      int port, Keys keys, IdleWatch idle, Map<String, Endpoint> endpoints) {
    HttpServer server = listening(port);
    ExecutorService threads =
        new ThreadPoolExecutor(
            0,
            MOST_REQUESTS,
            IDLE_THREAD_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> {
              Thread made = new Thread(task, "rolecall-console");
              made.setDaemon(true);
              return made;
            });
    String host = "127.0.0.1:" + server.getAddress().getPort();
    server.setExecutor(threads);
    server.createContext(
        "/", new ConsoleHandler(new Gate(host), PageFiles.read(), new Api(keys, idle, endpoints)));
    server.start();
    return new ConsoleHttp(server, threads, host);
  }

  private static HttpServer listening(int port) {
    try {
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      return HttpServer.create(new InetSocketAddress(loopback, port), 0);
    } catch (UnknownHostException e) {
      throw new AssertionError("four bytes are an IPv4 address", e);
    } catch (IOException e) {
      throw new CommandFailure(
          "--port: cannot listen on 127.0.0.1:" + port + ": " + IoWords.why(e), e);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--port: " + port + " (expected: 0 to 65535)", e);
    }
  }

  /** The link that opens the page with a code. */
  public String link(String code) {
    return "http://" + host + "/#code=" + code;
  }

  /** Takes no more requests, and ends those under way. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
