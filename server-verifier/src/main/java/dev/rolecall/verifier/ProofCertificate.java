package dev.rolecall.verifier;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.scheme.Credential;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.proof.CallerProof;

/**
 * A proof from the certificate of the connection's peer, after TLS has proven that the peer holds
 * the certificate's key. No record: the proof is a secret. Immutable.
 */
public final class ProofCertificate implements Credential.PeerCertificate {

  private final CallerProof proof;
  private final BindingHash key;

  /**
   * The parts of a certificate that count.
   *
   * @param proof the proof in it
   * @param key the hash of its SubjectPublicKeyInfo
   */
  public ProofCertificate(CallerProof proof, BindingHash key) {
    this.proof = requireNonNull(proof, "proof");
    this.key = requireNonNull(key, "key");
  }

  CallerProof proof() {
    return proof;
  }

  @Override
  public BindingHash key() {
    return key;
  }

  @Override
  public String toString() {
    return "ProofCertificate[****]";
  }
}
