package dev.rolecall.cli.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;

/** An issuer on loopback for logins; its token endpoint gives the answers that a test queued. */
final class FakeIssuer implements AutoCloseable {

  private record Answer(int status, String body) {}

  private final HttpServer server;
  private final ConcurrentLinkedDeque<Answer> answers = new ConcurrentLinkedDeque<>();
  private final List<String> forms = new CopyOnWriteArrayList<>();
  private volatile String more = "";

  FakeIssuer() {
    try {
      server =
          HttpServer.create(
              new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/.well-known/openid-configuration", this::metadata);
    server.createContext("/device", this::device);
    server.createContext("/token", this::token);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Queues the next answer of the token endpoint. */
  FakeIssuer answer(int status, String json) {
    answers.add(new Answer(status, json));
    return this;
  }

  /** Queues a good one. */
  FakeIssuer tokens(String access, String refresh) {
    return answer(
        200,
        "{\"access_token\":\"%s\",\"refresh_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":60}"
            .formatted(access, refresh));
  }

  /** What the token endpoint was sent. */
  List<String> forms() {
    return forms;
  }

  /** Says that each answer by a browser names the issuer (RFC 9207). */
  void announceIssuerInAnswers() {
    more = ",\"authorization_response_iss_parameter_supported\":true";
  }

  private void metadata(HttpExchange exchange) throws IOException {
    say(
        exchange,
        200,
        "{\"issuer\":\"%1$s\",\"token_endpoint\":\"%1$s/token\",\"authorization_endpoint\":\"%1$s/auth\",\"device_authorization_endpoint\":\"%1$s/device\"%2$s}"
            .formatted(url(), more));
  }

  private void device(HttpExchange exchange) throws IOException {
    say(
        exchange,
        200,
        "{\"device_code\":\"d3vice\",\"user_code\":\"ABCD-EFGH\",\"verification_uri\":\"%s/type\",\"expires_in\":60,\"interval\":1}"
            .formatted(url()));
  }

  private void token(HttpExchange exchange) throws IOException {
    forms.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    Answer next = answers.poll();
    if (next == null) {
      say(exchange, 500, "");
    } else {
      say(exchange, next.status, next.body);
    }
  }

  private static void say(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
