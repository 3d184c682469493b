package dev.rolecall.access.scheme;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.BindingHash;
import java.util.Optional;
import java.util.Set;

/**
 * The connection that a credential came in on, as far as a scheme needs to know it.
 *
 * @param peer the peer's IP address, without a port; limits count it and the networks around it.
 *     Any other text, such as {@code unknown} where there is no address, is one peer
 * @param certificates the hashes of the server's leaf certificates that a credential may be bound
 *     to: the one this connection was shown and those shown within the last quarter of an hour;
 *     empty for a connection without TLS
 * @param sender the hash of the certificate whose key the client proved in the TLS handshake; empty
 *     for a client without one. A credential may be bound to it
 */
public record Connection(String peer, Set<BindingHash> certificates, Optional<BindingHash> sender) {

  /** Checks that nothing is absent, and copies. */
  public Connection {
    requireNonNull(peer, "peer");
    certificates = Set.copyOf(certificates);
    requireNonNull(sender, "sender");
  }

  /** A connection whose client presented no certificate. */
  public Connection(String peer, Set<BindingHash> certificates) {
    this(peer, certificates, Optional.empty());
  }

  /** A connection without TLS. */
  public static Connection withoutTls(String peer) {
    return new Connection(peer, Set.of());
  }

  /** The same, whose client proved to hold that certificate's key. */
  public Connection of(BindingHash sender) {
    return new Connection(peer, certificates, Optional.of(sender));
  }
}
