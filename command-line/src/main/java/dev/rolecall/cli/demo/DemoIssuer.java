package dev.rolecall.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rolecall.cli.server.EchoServer;
import dev.rolecall.jwt.TokenSigner;
import dev.rolecall.jwt.json.JsonValue;
import dev.rolecall.jwt.json.ObjectBuilder;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.jwt.key.SigningKey;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * An issuer of tokens on loopback: its discovery document, its keys, and its answers about opaque
 * tokens (RFC 7662). It lives as long as the demo, and so do its keys.
 */
final class DemoIssuer implements AutoCloseable {

  private static final Duration LIFE = Duration.ofMinutes(10);
  private static final String INTROSPECTION = "/introspection";
  private static final int OPAQUE_BYTES = 24;

  private final SigningKey key;
  private final String opaque;
  private final Clock clock;
  private final HttpServer http;

  private DemoIssuer(Clock clock, SecureRandom random) throws IOException {
    this.clock = clock;
    key = SigningKey.generate(Algorithm.ES256, random);
    byte[] bytes = new byte[OPAQUE_BYTES];
    random.nextBytes(bytes);
    opaque = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    http = HttpServer.create(EchoServer.onLoopback(0), 0);
  }

  /** Starts it, with a key of its own. */
  static DemoIssuer start(Clock clock, SecureRandom random) throws IOException {
    DemoIssuer issuer = new DemoIssuer(clock, random);
    issuer.http.createContext(
        "/.well-known/openid-configuration", exchange -> answer(exchange, issuer.metadata()));
    issuer.http.createContext(
        "/keys",
        exchange -> answer(exchange, KeySet.of(List.of(issuer.key.verificationKey())).toJson()));
    issuer.http.createContext(INTROSPECTION, issuer::introspect);
    issuer.http.start();
    return issuer;
  }

  String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  URI introspection() {
    return URI.create(url() + INTROSPECTION);
  }

  /** A signed token of that subject for the server. */
  String jwt(String subject) {
    Instant now = clock.instant();
    return TokenSigner.of(key)
        .sign(
            "at+jwt",
            new ObjectBuilder()
                .put("iss", url())
                .put("aud", "orders")
                .put("sub", subject)
                .put("client_id", subject)
                .put("iat", now.getEpochSecond())
                .put("exp", now.plus(LIFE).getEpochSecond())
                .put("jti", "1")
                .build())
        .text();
  }

  /** The one opaque token, which is of {@link OtherCallers#OPAQUE_SUBJECT}. */
  String opaqueToken() {
    return opaque;
  }

  private byte[] metadata() {
    return new ObjectBuilder()
        .put("issuer", url())
        .put("jwks_uri", url() + "/keys")
        .put("introspection_endpoint", introspection().toString())
        .build()
        .toJson();
  }

  private void introspect(HttpExchange exchange) throws IOException {
    String form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    boolean isActive = List.of(form.split("&", -1)).contains("token=" + opaque);
    ObjectBuilder said = new ObjectBuilder().put("active", isActive);
    if (isActive) {
      said.put("iss", url())
          .put("aud", "orders")
          .put("sub", OtherCallers.OPAQUE_SUBJECT)
          .put("exp", clock.instant().plus(LIFE).getEpochSecond());
    }
    JsonValue.Members answer = said.build();
    answer(exchange, answer.toJson());
  }

  private static void answer(HttpExchange exchange, byte[] json) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().add("content-type", "application/json");
      exchange.sendResponseHeaders(200, json.length);
      exchange.getResponseBody().write(json);
    }
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
