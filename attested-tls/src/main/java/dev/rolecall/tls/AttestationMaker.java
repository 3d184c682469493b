package dev.rolecall.tls;

import static java.util.Objects.requireNonNull;

import dev.rolecall.client.ProofSource;
import dev.rolecall.client.ProofUnavailableException;
import dev.rolecall.client.TimedProof;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.proof.ProofBinding;
import dev.rolecall.tls.certificate.AttestedCertificate;
import dev.rolecall.tls.internal.certificate.CertificateForm;
import dev.rolecall.tls.internal.certificate.DnsName;
import dev.rolecall.tls.internal.certificate.P256Key;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.concurrent.CompletionException;

/** Makes key pairs and their attested certificates. For one thread at a time. */
final class AttestationMaker {

  private static final int SERIAL_BITS = 127;

  private final ProofSource proofs;
  private final List<DnsName> hostNames;
  private final SecureRandom random;
  private long generation;

  AttestationMaker(ProofSource proofs, List<DnsName> hostNames, SecureRandom random) {
    this.proofs = requireNonNull(proofs, "proofs");
    this.hostNames = List.copyOf(hostNames);
    this.random = requireNonNull(random, "random");
  }

  /**
   * Makes a new key and its certificate. Blocks while AWS credentials are loaded.
   *
   * @throws ProofUnavailableException if there is no proof to be had
   */
  KeyedAttestation make() {
    try {
      KeyPair pair = newPair();
      P256Key key =
          P256Key.of(pair.getPublic().getEncoded())
              .orElseThrow(() -> new AssertionError("a key on P-256 of another form"));
      TimedProof proof = proofFor(key);
      X509Certificate certificate = certificate(pair, key, proof.proof());
      generation++;
      return new KeyedAttestation(
          "rolecall-" + generation, pair.getPrivate(), certificate, key.hash(), proof);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform has X.509, P-256 and ECDSA with SHA-256", e);
    }
  }

  private KeyPair newPair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    return generator.generateKeyPair();
  }

  /** On this thread: the source offers the work to the executor it is given. */
  private TimedProof proofFor(P256Key key) {
    try {
      return proofs
          .timedProof(new ProofBinding.Key(key.hash()), Runnable::run)
          .toCompletableFuture()
          .join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ProofUnavailableException unavailable) {
        throw unavailable;
      }
      throw e;
    }
  }

  private X509Certificate certificate(KeyPair pair, P256Key key, CallerProof proof)
      throws GeneralSecurityException {
    CertificateForm form =
        new CertificateForm(
            new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1),
            proof.signedAt(),
            proof.signedAt().plus(proof.expires()),
            key,
            hostNames,
            proof.text());
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(pair.getPrivate(), random);
    signature.update(form.toBeSigned());
    X509Certificate certificate =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(form.signed(signature.sign())));
    requireReadable(certificate);
    return certificate;
  }

  /** A certificate that the other end would not read must not be presented. */
  private static void requireReadable(X509Certificate certificate) {
    AttestedCertificate.read(new Certificate[] {certificate})
        .fold(
            read -> read,
            malformed -> {
              throw new IllegalStateException(
                  "a certificate that does not read (expected: " + malformed.rule() + ")");
            });
  }
}
