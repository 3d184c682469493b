package dev.rolecall.spring;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rolecall.jwt.TokenSigner;
import dev.rolecall.jwt.json.ObjectBuilder;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.jwt.key.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.List;

/** An issuer of access tokens on loopback: discovery, keys and introspection. */
final class LoopbackIssuer implements AutoCloseable {

  static final String OPAQUE = "an-opaque-token-of-bob";

  private static final String CLIENT = basic("orders:secret");
  private static final String APPLICATION = basic("checkout:secret");

  private final SigningKey key = SigningKey.generate(Algorithm.ES256, new SecureRandom());
  private final HttpServer server;

  LoopbackIssuer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    answer(
        "/.well-known/openid-configuration",
        "{\"issuer\":\""
            + url()
            + "\",\"jwks_uri\":\""
            + url()
            + "/keys\",\"token_endpoint\":\""
            + url()
            + "/token\"}");
    answer("/keys", new String(KeySet.of(List.of(key.verificationKey())).toJson(), UTF_8));
    server.createContext("/introspect", this::introspect);
    server.createContext("/token", this::issue);
    server.start();
  }

  private static String basic(String client) {
    return "Basic " + Base64.getEncoder().encodeToString(client.getBytes(UTF_8));
  }

  private void answer(String path, String json) {
    server.createContext(path, exchange -> send(exchange, 200, json));
  }

  private void introspect(HttpExchange exchange) throws IOException {
    String form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    boolean ours = CLIENT.equals(exchange.getRequestHeaders().getFirst("authorization"));
    boolean active = form.contains("token=" + OPAQUE);
    send(
        exchange,
        ours ? 200 : 401,
        active
            ? "{\"active\":true,\"sub\":\"bob\",\"aud\":\"orders\",\"exp\":" + (now() + 300) + "}"
            : "{\"active\":false}");
  }

  private void issue(HttpExchange exchange) throws IOException {
    String form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    boolean known = APPLICATION.equals(exchange.getRequestHeaders().getFirst("authorization"));
    boolean asked =
        form.contains("grant_type=client_credentials") && form.contains("audience=orders");
    send(
        exchange,
        known && asked ? 200 : 401,
        known && asked
            ? "{\"access_token\":\""
                + token("orders")
                + "\",\"token_type\":\"Bearer\",\"expires_in\":300}"
            : "{\"error\":\"invalid_client\"}");
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(UTF_8);
    exchange.getResponseHeaders().add("content-type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static long now() {
    return Clock.systemUTC().instant().getEpochSecond();
  }

  /** Its text of {@code iss}. */
  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** A token of RFC 9068 for alice. */
  String token(String audience) {
    return token(key, audience);
  }

  /** The same, signed by a key that the issuer never had. */
  String forged(String audience) {
    return token(SigningKey.generate(Algorithm.ES256, new SecureRandom()), audience);
  }

  private String token(SigningKey signing, String audience) {
    return TokenSigner.of(signing)
        .sign(
            "at+jwt",
            new ObjectBuilder()
                .put("iss", url())
                .put("sub", "alice")
                .put("aud", audience)
                .put("client_id", "checkout")
                .put("iat", now())
                .put("exp", now() + 300)
                .put("jti", "id-1")
                .build())
        .text();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
