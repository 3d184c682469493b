package dev.rolecall.verifier;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.BindingHash;
import java.util.Optional;
import java.util.Set;

/**
 * What the verifier needs to know of the connection a proof came in on.
 *
 * <p>A proof comes either in a call's metadata or in the certificate of the peer's end of the TLS
 * connection. {@link #provenKey} tells them apart: where it is present, the only proof that is good
 * is one bound to that very key; where it is absent, no proof bound to a key is.
 *
 * @param peer the peer's IP address, without a port; limits count it and the networks around it.
 *     Any other text, such as {@code unknown} where there is no address, is one peer
 * @param certificates the hashes of the leaf certificates that a proof presented here may be bound
 *     to: the one this connection shows and those it showed within the last proof life; empty for a
 *     connection without TLS
 * @param provenKey for a proof from the peer's certificate: the hash of the SubjectPublicKeyInfo of
 *     that certificate, after TLS has proven that the peer holds the key; otherwise empty
 */
public record Connection(
    String peer, Set<BindingHash> certificates, Optional<BindingHash> provenKey) {

  /** Checks that nothing is absent, and copies. */
  public Connection {
    requireNonNull(peer, "peer");
    certificates = Set.copyOf(certificates);
    requireNonNull(provenKey, "provenKey");
  }

  /** A connection on which a call brought its proof. */
  public Connection(String peer, Set<BindingHash> certificates) {
    this(peer, certificates, Optional.empty());
  }

  /** A connection without TLS. */
  public static Connection withoutTls(String peer) {
    return new Connection(peer, Set.of());
  }

  /**
   * A connection whose peer's certificate brought the proof. Only once the handshake is over: until
   * then the peer may show anybody's certificate.
   */
  public static Connection attested(String peer, BindingHash provenKey) {
    return new Connection(peer, Set.of(), Optional.of(provenKey));
  }
}
