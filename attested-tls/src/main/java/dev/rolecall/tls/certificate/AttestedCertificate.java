package dev.rolecall.tls.certificate;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.BindingHash;
import dev.rolecall.proof.CallerProof;
import java.security.cert.Certificate;
import java.util.List;

/**
 * The content of an attested certificate. <b>Nothing in it has been verified</b>: only STS can
 * confirm the proof, and only a finished TLS handshake proves that the peer holds the key. A
 * look-up judges both, as {@code new ProofCertificate(certificate.proof(), certificate.key())}.
 *
 * <p>Immutable.
 */
public final class AttestedCertificate {

  private final CallerProof proof;
  private final BindingHash key;
  private final List<String> hostNames;

  AttestedCertificate(CallerProof proof, BindingHash key, List<String> hostNames) {
    this.proof = proof;
    this.key = key;
    this.hostNames = List.copyOf(hostNames);
  }

  /**
   * Reads the certificate of a TLS session, strictly: one certificate, of bounded size and of
   * exactly the one form; a key on P-256; a proof that is bound to that key; and the proof's dates.
   * The certificate's signature is not checked: the handshake proves more.
   */
  public static CertificateReading read(Certificate[] chain) {
    requireNonNull(chain, "chain");
    return CertificateReader.read(chain);
  }

  /** The proof in the certificate, bound to {@link #key}. */
  public CallerProof proof() {
    return proof;
  }

  /** The SHA-256 of the SubjectPublicKeyInfo. */
  public BindingHash key() {
    return key;
  }

  /** The self-declared DNS names of the holder; often none. */
  public List<String> hostNames() {
    return hostNames;
  }

  /** Names the proof's audience and nothing else. */
  @Override
  public String toString() {
    return "AttestedCertificate[" + proof.audience() + "]";
  }
}
