package dev.rolecall.sample;

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

/** An issuer on loopback, whose tokens are written as Keycloak writes its own. */
final class KeycloakTokens implements AutoCloseable {

  private static final String CLIENT =
      "Basic " + Base64.getEncoder().encodeToString("checkout:secret".getBytes(UTF_8));

  private final SigningKey key = SigningKey.generate(Algorithm.ES256, new SecureRandom());
  private final HttpServer server;

  KeycloakTokens() {
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
    server.createContext("/token", this::issue);
    server.start();
  }

  private void answer(String path, String json) {
    server.createContext(path, exchange -> send(exchange, 200, json));
  }

  /** To the client checkout alone. */
  private void issue(HttpExchange exchange) throws IOException {
    String form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    boolean known =
        CLIENT.equals(exchange.getRequestHeaders().getFirst("authorization"))
            && form.contains("grant_type=client_credentials");
    send(
        exchange,
        known ? 200 : 401,
        known
            ? "{\"access_token\":\""
                + token("Bearer")
                + "\",\"token_type\":\"Bearer\",\"expires_in\":300}"
            : "{\"error\":\"invalid_client\"}");
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** A token of that kind, which Keycloak says among the claims: Bearer, ID or Refresh. */
  String token(String kind) {
    long now = Clock.systemUTC().instant().getEpochSecond();
    return TokenSigner.of(key)
        .sign(
            "JWT",
            new ObjectBuilder()
                .put("iss", url())
                .put("sub", "1f0c")
                .put("aud", "orders")
                .put("azp", "checkout")
                .put("typ", kind)
                .put("iat", now)
                .put("exp", now + 300)
                .put("jti", "id-1")
                .build())
        .text();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
