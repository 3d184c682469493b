package dev.rolecall.verifier;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.BindingHash;
import java.util.Set;

/**
 * What the verifier needs to know of the connection a proof came in on.
 *
 * @param peer whom limits count: the peer's IPv4 address, or the /64 of its IPv6 address; {@code
 *     unknown} where there is none
 * @param certificates the hashes of the leaf certificates that a proof presented here may be bound
 *     to: the one this connection shows and those it showed within the last proof life; empty for a
 *     connection without TLS
 */
public record Connection(String peer, Set<BindingHash> certificates) {

  /** Checks that nothing is absent, and copies. */
  public Connection {
    requireNonNull(peer, "peer");
    certificates = Set.copyOf(certificates);
  }

  /** A connection without TLS. */
  public static Connection withoutTls(String peer) {
    return new Connection(peer, Set.of());
  }
}
