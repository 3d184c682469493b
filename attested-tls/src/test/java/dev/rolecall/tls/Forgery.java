package dev.rolecall.tls;

import dev.rolecall.client.ProofSource;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.proof.ProofBinding;
import dev.rolecall.tls.internal.certificate.CertificateForm;
import dev.rolecall.tls.internal.certificate.P256Key;
import dev.rolecall.tls.internal.certificate.TestKeys;
import io.grpc.ChannelCredentials;
import io.grpc.TlsChannelCredentials;
import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.TrustManager;

/** Certificates and proofs that an attacker would make, or make others make. */
final class Forgery {

  private Forgery() {}

  /** A proof by that role that is bound to any key. */
  static CallerProof proof(ProofSource.Builder options, BindingHash key) {
    try (ProofSource source = options.build()) {
      return source.proof(new ProofBinding.Key(key), Runnable::run).toCompletableFuture().join();
    }
  }

  /** An attestation as an end makes it. */
  static KeyedAttestation attestation(ProofSource.Builder options) {
    try (ProofSource source = options.build()) {
      return new AttestationMaker(source, List.of(), new SecureRandom()).make();
    }
  }

  /** A certificate of that key that holds that proof, signed by any key. */
  static X509Certificate certificate(P256Key subject, CallerProof proof, PrivateKey signer) {
    CertificateForm form =
        new CertificateForm(
            BigInteger.TEN,
            proof.signedAt(),
            proof.signedAt().plus(proof.expires()),
            subject,
            List.of(),
            proof.text());
    return TestKeys.parsed(form.signed(TestKeys.sign(signer, form.toBeSigned())));
  }

  /** A client that shows that, trusts every attested server, and keeps TLS sessions. */
  static ChannelCredentials client(FixedKeys keys) {
    return client(keys, new CertificateFormTrust());
  }

  static ChannelCredentials client(FixedKeys keys, TrustManager trust) {
    return TlsChannelCredentials.newBuilder().keyManager(keys).trustManager(trust).build();
  }
}
