package dev.rolecall.tls;

import dev.rolecall.client.ProofSource;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.proof.ProofBinding;
import io.grpc.ChannelCredentials;
import io.grpc.TlsChannelCredentials;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import javax.net.ssl.TrustManager;

/** What an attacker would make, or make others make. */
final class Forgery {

  private Forgery() {}

  static KeyPair keyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform has P-256", e);
    }
  }

  static P256Key key(KeyPair pair) {
    return P256Key.of(pair.getPublic().getEncoded()).orElseThrow();
  }

  /** A proof by that role that is bound to anybody's key. */
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

  /** A certificate of that key that holds that proof, signed by whatever key there is. */
  static X509Certificate certificate(P256Key subject, CallerProof proof, PrivateKey signer) {
    CertificateForm form =
        new CertificateForm(
            BigInteger.TEN,
            proof.signedAt(),
            proof.signedAt().plus(proof.expires()),
            subject,
            List.of(),
            proof.text());
    return parsed(form.signed(sign(signer, form.toBeSigned())));
  }

  static byte[] sign(PrivateKey signer, byte[] content) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(signer);
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform has ECDSA", e);
    }
  }

  static X509Certificate parsed(byte[] encoded) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(encoded));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("no certificate at all", e);
    }
  }

  /** A client that shows that, believes every server, and keeps TLS sessions. */
  static ChannelCredentials client(FixedKeys keys) {
    return client(keys, new CertificateFormTrustManager());
  }

  static ChannelCredentials client(FixedKeys keys, TrustManager trust) {
    return TlsChannelCredentials.newBuilder().keyManager(keys).trustManager(trust).build();
  }
}
