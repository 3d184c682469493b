package dev.rolecall.exchange;

import dev.rolecall.access.AccessControl;
import dev.rolecall.exchange.internal.http.BoundServer;
import dev.rolecall.jwt.ring.KeysInForce;
import java.net.InetSocketAddress;

/**
 * A server of token exchange (RFC 8693) over HTTP: a token endpoint, the key set and the issuer's
 * metadata. Callers bring a proof that the {@link AccessControl} verifies; its policy decides which
 * role may have a token for which audience. Safe for use by many threads.
 *
 * <p>An outage of STS is answered with 503 and {@code Retry-After}, never as a refusal.
 */
public final class ExchangeServer implements AutoCloseable {

  private final BoundServer server;
  private final KeysInForce keys;
  private final AccessControl access;

  ExchangeServer(BoundServer server, KeysInForce keys, AccessControl access) {
    this.server = server;
    this.keys = keys;
    this.access = access;
  }

  /**
   * Options of a server.
   *
   * @param issuer the name of the exchange in its tokens
   * @param access verifies proofs and decides, and is closed with the server. Its schemes must name
   *     the exchange's own audience, so that a proof for another service is worthless here
   */
  public static ExchangeServerBuilder builder(IssuerUrl issuer, AccessControl access) {
    return new ExchangeServerBuilder(issuer, access);
  }

  /** The address that it listens on. */
  public InetSocketAddress address() {
    return server.address();
  }

  /** Refuses what comes, waits a second for answers under way, and closes what it owns. */
  @Override
  public void close() {
    server.close();
    keys.close();
    access.close();
  }
}
