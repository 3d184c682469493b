package dev.rolecall.txntoken.internal.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import dev.rolecall.testsupport.LoopbackServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** An HTTP server of a key set on a free port, whose answer a test chooses. */
public final class KeyServer implements AutoCloseable {

  /**
   * An answer.
   *
   * @param status its HTTP status
   * @param body its text
   */
  public record Answer(int status, String body) {}

  private final HttpServer http;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile Supplier<Answer> answers;

  /** A server of those answers. */
  public KeyServer(Supplier<Answer> answers) {
    this.answers = answers;
    try {
      http = HttpServer.create(new InetSocketAddress(LoopbackServer.address(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    http.setExecutor(threads);
    http.createContext(
        "/jwks",
        exchange -> {
          asked.incrementAndGet();
          Answer answer = this.answers.get();
          exchange.getResponseHeaders().add("Location", "/moved");
          byte[] body = answer.body().getBytes(UTF_8);
          exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    http.createContext(
        "/moved",
        exchange -> {
          asked.addAndGet(1_000);
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    http.start();
  }

  /** Answers so from now on. */
  public void answer(Supplier<Answer> next) {
    answers = next;
  }

  /** The URL of the key set. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/jwks");
  }

  /** How often it was asked; a request that was redirected counts 1,000. */
  public int asked() {
    return asked.get();
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}
