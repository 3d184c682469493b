package dev.rolecall.exchange;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.AccessControl;
import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.exchange.internal.http.BoundServer;
import dev.rolecall.exchange.internal.http.ServerTls;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.ring.KeysInForce;
import dev.rolecall.jwt.ring.SigningKeys;
import java.net.InetSocketAddress;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Options of an {@link ExchangeServer}. Closed by default: without TLS it listens on the loopback
 * alone. Not safe for use by several threads at once.
 */
public final class ExchangeServerBuilder {

  private final IssuerUrl issuer;
  private final AccessControl access;
  private final SecureRandom random = new SecureRandom();
  private SigningKeys keys = SigningKeys.inMemory(Algorithm.RS256, random);
  private TokenLife life = TokenLife.ofDefaults();
  private List<X509Certificate> chain = List.of();
  private @Nullable PrivateKey key;
  private boolean bindsTokens;
  private int drainSeconds = 1;

  ExchangeServerBuilder(IssuerUrl issuer, AccessControl access) {
    this.issuer = requireNonNull(issuer, "issuer");
    this.access = requireNonNull(access, "access");
  }

  /** The keys that sign; by default new ones of RS256 in memory. */
  public ExchangeServerBuilder keys(SigningKeys keys) {
    this.keys = requireNonNull(keys, "keys");
    return this;
  }

  /**
   * The longest life of a token: 1 to 15 minutes, the default. No token outlives its proof.
   *
   * @throws IllegalArgumentException if it is shorter or longer
   */
  public ExchangeServerBuilder tokenLife(Duration longest) {
    this.life = new TokenLife(longest);
    return this;
  }

  /**
   * Serves over TLS 1.2 and 1.3.
   *
   * @param chain the server's own certificate first
   * @param key the key of that certificate
   */
  public ExchangeServerBuilder tls(List<X509Certificate> chain, PrivateKey key) {
    this.chain = List.copyOf(chain);
    this.key = requireNonNull(key, "key");
    return this;
  }

  /**
   * Asks clients for a certificate, and binds the token of a client that shows one to it ({@code
   * cnf}). Any certificate will do, since it identifies no caller. Servers that take the token must
   * then see the same certificate. Only with {@link #tls}.
   */
  public ExchangeServerBuilder bindTokensToClientCertificates() {
    this.bindsTokens = true;
    return this;
  }

  /** How long a close waits for answers under way, for tests. */
  ExchangeServerBuilder drainSeconds(int seconds) {
    this.drainSeconds = seconds;
    return this;
  }

  /**
   * Starts the server. Blocks on the key ring's file, or takes a second of CPU time to make keys.
   *
   * @param address the address to listen on; port 0 is any free one
   * @throws IllegalArgumentException if it is without TLS and the address is not a loopback's, or
   *     the settings contradict one another
   * @throws dev.rolecall.jwt.ring.KeyRingFileException if the key ring is not good
   * @throws java.io.UncheckedIOException if the address cannot be had
   */
  public ExchangeServer start(InetSocketAddress address) {
    @Nullable ServerTls tls = key == null ? null : ServerTls.of(chain, key, bindsTokens);
    if (tls == null && (address.isUnresolved() || !address.getAddress().isLoopbackAddress())) {
      throw new IllegalArgumentException(
          "address: "
              + address.getHostString()
              + " without TLS (expected: a loopback address, or a certificate and its key)");
    }
    if (tls == null && bindsTokens) {
      throw new IllegalArgumentException(
          "tokens bound to client certificates without TLS (expected: a certificate and its key)");
    }
    AccessRuntime runtime = access.runtime();
    runtime.supervising(SupervisedTask.KEY_RING);
    KeysInForce inForce =
        keys.start(runtime.clock(), runtime.supervisor(), SupervisedTask.KEY_RING.label());
    try {
      return started(BoundServer.at(address, tls, drainSeconds), inForce, tls);
    } catch (RuntimeException | Error e) {
      inForce.close();
      throw e;
    }
  }

  private ExchangeServer started(BoundServer server, KeysInForce inForce, @Nullable ServerTls tls) {
    TokenMint mint =
        new TokenMint(new IssuerSettings(issuer, inForce, life, random), access.runtime().clock());
    TokenExchange exchange = new TokenExchange(access, mint, server.threads());
    server.start(
        new ExchangeHandler(
            new IssuerDocuments(issuer, inForce, bindsTokens),
            new TokenEndpoint(exchange, access, tls, bindsTokens),
            access.runtime().supervisor()));
    return new ExchangeServer(server, inForce, access);
  }
}
