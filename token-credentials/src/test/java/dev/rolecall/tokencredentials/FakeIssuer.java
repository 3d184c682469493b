package dev.rolecall.tokencredentials;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.testsupport.LoopbackServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocket;

/**
 * An issuer on loopback that answers as a test tells it, and keeps what it was asked. It answers
 * each path with its own answer, and every other with status 404.
 */
final class FakeIssuer implements AutoCloseable {

  /**
   * A request.
   *
   * @param line its first line
   * @param headers its headers, by names in lower case
   * @param form the fields of its body, in order
   * @param certificate the client's, if it showed one
   */
  record Request(
      String line,
      Map<String, String> headers,
      Map<String, List<String>> form,
      Optional<Certificate> certificate) {

    String field(String name) {
      List<String> values = form.getOrDefault(name, List.of());
      assertThat(values).as(name).hasSize(1);
      return values.get(0);
    }
  }

  private final Map<String, String> answers = new LinkedHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch released = new CountDownLatch(1);
  private volatile boolean held;
  private final String scheme;
  private final LoopbackServer server;

  /** An issuer over plain HTTP. */
  FakeIssuer() {
    this("http", ServerSocketFactory.getDefault());
  }

  /** An issuer over HTTPS. */
  FakeIssuer(SSLServerSocketFactory front) {
    this("https", front);
  }

  private FakeIssuer(String scheme, ServerSocketFactory front) {
    this.scheme = scheme;
    this.server = LoopbackServer.of(front, (socket, number) -> serve(socket));
  }

  URI uri(String path) {
    return URI.create(scheme + "://127.0.0.1:" + server.port() + path);
  }

  /** Answers that path with status 200 and that JSON. */
  FakeIssuer answer(String path, String json) {
    return answer(path, "200 OK", "content-type: application/json", json);
  }

  /** Answers that path so. */
  FakeIssuer answer(String path, String status, String header, String body) {
    return raw(
        path,
        "HTTP/1.1 "
            + status
            + "\r\n"
            + header
            + "\r\ncontent-length: "
            + body.getBytes(UTF_8).length
            + "\r\nconnection: close\r\n\r\n"
            + body);
  }

  /** Answers that path with those bytes, and ends the connection. */
  synchronized FakeIssuer raw(String path, String answer) {
    answers.put(path, answer);
    return this;
  }

  /** Answers that path with a token for the tokens' usual life. */
  FakeIssuer token(String text, long seconds) {
    return answer(
        "/token",
        "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":%d}"
            .formatted(text, seconds));
  }

  /** Keeps every answer back from its second half on, until the end. */
  FakeIssuer holding() {
    held = true;
    return this;
  }

  List<Request> requests() {
    return requests;
  }

  /** The requests to the token endpoint. */
  List<Request> tokenRequests() {
    return requests.stream().filter(each -> each.line.startsWith("POST /token ")).toList();
  }

  private synchronized String answerTo(String path) {
    return answers.getOrDefault(
        path, "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
  }

  private void serve(Socket socket) throws IOException {
    try (socket) {
      InputStream in = socket.getInputStream();
      String line = line(in);
      Map<String, String> headers = new LinkedHashMap<>();
      for (String each = line(in); !each.isEmpty(); each = line(in)) {
        int colon = each.indexOf(':');
        headers.put(
            each.substring(0, colon).toLowerCase(Locale.ROOT), each.substring(colon + 1).strip());
      }
      int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
      String body = new String(in.readNBytes(length), UTF_8);
      requests.add(new Request(line, headers, form(body), certificate(socket)));
      String answer = answerTo(line.split(" ", -1)[1]);
      OutputStream out = socket.getOutputStream();
      int half = held ? answer.length() - 1 : 0;
      out.write(answer.substring(0, half).getBytes(UTF_8));
      out.flush();
      if (held) {
        released.await();
      }
      out.write(answer.substring(half).getBytes(UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Optional<Certificate> certificate(Socket socket) {
    try {
      return socket instanceof SSLSocket tls
          ? Optional.of(tls.getSession().getPeerCertificates()[0])
          : Optional.empty();
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }

  private static Map<String, List<String>> form(String body) {
    Map<String, List<String>> form = new LinkedHashMap<>();
    for (String field : body.split("&", -1)) {
      int equals = field.indexOf('=');
      if (equals > 0) {
        form.computeIfAbsent(decoded(field.substring(0, equals)), name -> new ArrayList<>())
            .add(decoded(field.substring(equals + 1)));
      }
    }
    return form;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, UTF_8);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(ISO_8859_1);
  }

  @Override
  public void close() {
    released.countDown();
    server.close();
  }
}
