package dev.rolecall.cli.doctor;

import com.sun.net.httpserver.HttpServer;
import dev.rolecall.cli.server.EchoServer;
import dev.rolecall.jwt.TokenSigner;
import dev.rolecall.jwt.json.JsonValue;
import dev.rolecall.jwt.json.ObjectBuilder;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.jwt.key.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** An issuer of tokens on loopback, whose discovery document and keys are real. */
final class SigningIssuer implements AutoCloseable {

  private final SigningKey key = SigningKey.generate(Algorithm.ES256, new SecureRandom());
  private final AtomicInteger requests = new AtomicInteger();
  private final HttpServer http;
  private volatile String named;

  SigningIssuer() {
    try {
      http = HttpServer.create(EchoServer.onLoopback(0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    named = url();
    serve("/.well-known/openid-configuration", () -> metadata());
    serve("/keys", () -> KeySet.of(List.of(key.verificationKey())).toJson());
    http.start();
  }

  private interface Document {
    byte[] json();
  }

  private void serve(String path, Document document) {
    http.createContext(
        path,
        exchange -> {
          requests.incrementAndGet();
          byte[] json = document.json();
          exchange.sendResponseHeaders(200, json.length);
          exchange.getResponseBody().write(json);
          exchange.close();
        });
  }

  private byte[] metadata() {
    return new ObjectBuilder()
        .put("issuer", named)
        .put("jwks_uri", url() + "/keys")
        .build()
        .toJson();
  }

  String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  /** Has the discovery document be of that issuer. */
  void callItself(String name) {
    named = name;
  }

  int requests() {
    return requests.get();
  }

  /** A good access token of that subject, for orders. */
  String token() {
    return token(claims -> claims);
  }

  /** The same with more claims. */
  String token(UnaryOperator<ObjectBuilder> more) {
    return signed(key, more.apply(claims("orders", 600)).build());
  }

  /** The same of another end, in seconds from now. */
  String tokenUntil(long seconds) {
    return signed(key, claims("orders", seconds).build());
  }

  /** The same signed by a key of that id that is not published. */
  String forged(boolean underTheKnownId) {
    SigningKey other = SigningKey.generate(Algorithm.ES256, new SecureRandom());
    String forged = signed(other, claims("orders", 600).build());
    String genuine = token();
    return underTheKnownId
        ? genuine.substring(0, genuine.lastIndexOf('.')) + forged.substring(forged.lastIndexOf('.'))
        : forged;
  }

  private ObjectBuilder claims(String audience, long seconds) {
    long now = Clock.systemUTC().instant().getEpochSecond();
    return new ObjectBuilder()
        .put("iss", url())
        .put("aud", audience)
        .put("sub", "nightly")
        .put("client_id", "batch")
        .put("iat", Math.min(now, now + seconds) - 60)
        .put("exp", now + seconds);
  }

  private static String signed(SigningKey key, JsonValue.Members claims) {
    return TokenSigner.of(key).sign("at+jwt", claims).text();
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
