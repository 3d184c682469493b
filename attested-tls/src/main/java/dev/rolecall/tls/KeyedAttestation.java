package dev.rolecall.tls;

import dev.rolecall.client.TimedProof;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.proof.CallerProof;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;

/**
 * A private key, in memory alone, and the attested certificate of its public key. Not a record,
 * since the key is a secret. Always hands out the same objects: TLS providers keep state by them.
 */
final class KeyedAttestation {

  private final String alias;
  private final PrivateKey privateKey;
  private final X509Certificate certificate;
  private final BindingHash key;
  private final TimedProof proof;

  KeyedAttestation(
      String alias,
      PrivateKey privateKey,
      X509Certificate certificate,
      BindingHash key,
      TimedProof proof) {
    this.alias = alias;
    this.privateKey = privateKey;
    this.certificate = certificate;
    this.key = key;
    this.proof = proof;
  }

  /** The name that TLS providers know it by: another one for each generation. */
  String alias() {
    return alias;
  }

  PrivateKey privateKey() {
    return privateKey;
  }

  X509Certificate certificate() {
    return certificate;
  }

  BindingHash key() {
    return key;
  }

  /** The proof in the certificate. */
  CallerProof proof() {
    return proof.proof();
  }

  /** The proof's text. A secret for the proof's life. */
  String proofText() {
    return proof().text();
  }

  /** The time to make the next one. */
  Instant renewAt() {
    return proof.renewAt();
  }

  /** The time at which its proof lapses or its credentials end. */
  Instant end() {
    return proof.end();
  }

  @Override
  public String toString() {
    return "KeyedAttestation[" + alias + "]";
  }
}
