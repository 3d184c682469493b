package dev.rolecall.benchmarks.flood;

import com.sun.net.httpserver.HttpServer;
import dev.rolecall.benchmarks.fleet.Orders;
import dev.rolecall.jwt.TokenSigner;
import dev.rolecall.jwt.json.ObjectBuilder;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.jwt.key.SigningKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** An issuer of tokens by ES256, the costly kind, and of its key set, over HTTP on loopback. */
final class Issuer implements AutoCloseable {

  static final String NAME = "https://idp.example";

  private static final long LIFE_SECONDS = 3_600;
  private static final int OK = 200;

  private final HttpServer server;
  private final TokenSigner signer;
  private final Clock clock;
  private int made;

  private Issuer(HttpServer server, TokenSigner signer, Clock clock) {
    this.server = server;
    this.signer = signer;
    this.clock = clock;
  }

  /** Starts one, with a key of its own. */
  static Issuer start(Clock clock) throws IOException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    SigningKey key =
        SigningKey.of(
            Algorithm.ES256, Optional.of("key-1"), generator.generateKeyPair(), new SecureRandom());
    byte[] keys = KeySet.of(List.of(key.verificationKey())).toJson();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/keys",
        exchange -> {
          exchange.sendResponseHeaders(OK, keys.length);
          exchange.getResponseBody().write(keys);
          exchange.close();
        });
    server.start();
    return new Issuer(server, TokenSigner.of(key), clock);
  }

  /** Where its key set is. */
  URI keySet() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/keys");
  }

  /** A token of that subject, unlike all others. */
  String token(String subject) {
    long now = clock.instant().getEpochSecond();
    made++;
    return signer
        .sign(
            "at+jwt",
            new ObjectBuilder()
                .put("iss", NAME)
                .put("sub", subject)
                .put("aud", Orders.AUDIENCE.name())
                .put("iat", now)
                .put("exp", now + LIFE_SECONDS)
                .put("jti", "token-" + made)
                .put("client_id", "checkout")
                .put("scope", "orders:read orders:write")
                .build())
        .text();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
