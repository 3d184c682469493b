package dev.rolecall.verifier.grpc;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.BindingHash;

/**
 * What a connection's peer showed of its role in the TLS handshake. Nothing in it has been
 * verified, but that the peer holds the key.
 */
public sealed interface PeerAttestation {

  /** No certificate. */
  static PeerAttestation none() {
    return Absent.NONE;
  }

  /** A certificate that breaks a rule, or one shown on a version of TLS that is too old. */
  static PeerAttestation invalid() {
    return Absent.INVALID;
  }

  /** Why there is nothing to verify; get it from {@link #none} and {@link #invalid}. */
  enum Absent implements PeerAttestation {
    /** No certificate. */
    NONE,
    /** One that breaks a rule. */
    INVALID
  }

  /**
   * A proof from a certificate whose key the peer holds. No record: the proof is a secret.
   *
   * <p>Immutable.
   */
  final class Shown implements PeerAttestation {

    private final String proof;
    private final BindingHash key;

    /**
     * What the certificate holds.
     *
     * @param proof the proof's text
     * @param key the hash of the certificate's SubjectPublicKeyInfo
     */
    public Shown(String proof, BindingHash key) {
      this.proof = requireNonNull(proof, "proof");
      this.key = requireNonNull(key, "key");
    }

    /** The proof's text. A secret for the proof's life. */
    public String proof() {
      return proof;
    }

    /** The hash of the key that the peer holds. */
    public BindingHash key() {
      return key;
    }

    @Override
    public String toString() {
      return "Shown[****]";
    }
  }
}
