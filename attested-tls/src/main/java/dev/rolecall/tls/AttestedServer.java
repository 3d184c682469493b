package dev.rolecall.tls;

import static java.util.Objects.requireNonNull;

import dev.rolecall.guard.CallGuard;
import io.grpc.ServerBuilder;
import io.grpc.ServerTransportFilter;
import io.grpc.TlsServerCredentials;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The parts of an attested server, for a framework that builds the server itself. They belong to
 * one server together. A server with the credentials alone reads no certificate, and its guard
 * wants a proof for each call. A server with the rest alone refuses every call.
 *
 * <p>Immutable. Closed with its guard.
 */
public final class AttestedServer {

  private final TlsServerCredentials credentials;
  private final CallGuard guard;
  private final AttestedPeers peers;
  private final Duration maxConnectionAge;

  AttestedServer(
      TlsServerCredentials credentials,
      CallGuard guard,
      AttestedPeers peers,
      Duration maxConnectionAge) {
    this.credentials = requireNonNull(credentials, "credentials");
    this.guard = requireNonNull(guard, "guard");
    this.peers = requireNonNull(peers, "peers");
    this.maxConnectionAge = requireNonNull(maxConnectionAge, "maxConnectionAge");
  }

  /** The credentials to build the server with: its key managers, trust managers, client auth. */
  public TlsServerCredentials credentials() {
    return credentials;
  }

  /**
   * Bounds the age of the server's connections, reads their certificates, and attaches the guard.
   * Call it last: what is attached later runs before the guard. Does not block.
   *
   * @param server a builder that has {@link #credentials}
   * @throws UnsupportedOperationException if its transport cannot bound the age of connections
   */
  public void attachTo(ServerBuilder<?> server) {
    boundConnections(server);
    attachGuard(server);
  }

  /**
   * The reader of its connections' certificates, for a server that is no {@link ServerBuilder}'s,
   * such as a relay. The guard then has to judge each call, and {@link #maxConnectionAge} to bound
   * each connection.
   */
  public ServerTransportFilter connectionReader() {
    return peers;
  }

  /** Ends connections before the attestations that their clients have presented lapse. */
  void boundConnections(ServerBuilder<?> server) {
    server.maxConnectionAge(maxConnectionAge.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Attaches the reader of connections last, so that no other filter drops what it has read. */
  void attachGuard(ServerBuilder<?> server) {
    server.addTransportFilter(peers).intercept(guard);
  }

  /** The longest life of a connection: attestations that clients present lapse later. */
  public Duration maxConnectionAge() {
    return maxConnectionAge;
  }
}
