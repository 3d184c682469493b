package dev.rolecall.tls.certificate;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.BindingHash;
import dev.rolecall.proof.CallerProof;
import java.security.cert.Certificate;
import java.util.List;

/**
 * The content of an attested certificate. <b>Nothing in it has been verified</b>: only STS can say
 * whether the proof is good, and only a finished TLS handshake whether the peer holds the key. Have
 * a look-up judge both, as {@code new ProofCertificate(certificate.proof(), certificate.key())}.
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
   * Reads a certificate as a TLS session shows it, strictly: one certificate, of bounded size and
   * of exactly the one form; a key on P-256; a proof that is bound to that key; and dates that are
   * the proof's. Its signature by its own key is not checked: it would say less than the handshake
   * does.
   */
  public static CertificateReading read(Certificate[] chain) {
    requireNonNull(chain, "chain");
    return CertificateReader.read(chain);
  }

  /** The proof it holds, bound to {@link #key}. */
  public CallerProof proof() {
    return proof;
  }

  /** The SHA-256 of its SubjectPublicKeyInfo. */
  public BindingHash key() {
    return key;
  }

  /** The DNS names its holder gives itself; often none. Nobody has confirmed them. */
  public List<String> hostNames() {
    return hostNames;
  }

  /** Names the proof's audience and nothing else. */
  @Override
  public String toString() {
    return "AttestedCertificate[" + proof.audience() + "]";
  }
}
