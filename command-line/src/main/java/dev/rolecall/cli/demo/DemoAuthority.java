package dev.rolecall.cli.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.grpc.TlsChannelCredentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority of client certificates, P-256, for one run of the demo. */
final class DemoAuthority {

  private static final X500Name NAME = new X500Name("CN=mesh");
  private static final Duration LIFE = Duration.ofHours(1);
  private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(5);

  private final Instant now;
  private final SecureRandom random;
  private final KeyPair own;

  DemoAuthority(Clock clock, SecureRandom random) {
    this.now = clock.instant();
    this.random = random;
    this.own = newKeys();
  }

  private KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has P-256", e);
    }
  }

  /** Its certificate, which a server trusts. */
  String pem() throws IOException {
    return signed(
        certificate(NAME, own.getPublic())
            .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
            .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign)));
  }

  /** Has a client's TLS present a new certificate for that SPIFFE ID. */
  TlsChannelCredentials.Builder issueTo(TlsChannelCredentials.Builder client, String spiffeId)
      throws IOException {
    KeyPair keys = newKeys();
    String chain =
        signed(
            certificate(new X500Name("CN=client"), keys.getPublic())
                .addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(
                        new GeneralName(GeneralName.uniformResourceIdentifier, spiffeId)))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature)));
    return client.keyManager(
        stream(chain), stream(pem("PRIVATE KEY", keys.getPrivate().getEncoded())));
  }

  private X509v3CertificateBuilder certificate(X500Name subject, PublicKey key) {
    return new JcaX509v3CertificateBuilder(
        NAME,
        new BigInteger(127, random).add(BigInteger.ONE),
        Date.from(now.minus(CLOCK_DIFFERENCE)),
        Date.from(now.plus(LIFE)),
        subject,
        key);
  }

  private String signed(X509v3CertificateBuilder certificate) throws IOException {
    try {
      return pem(
          "CERTIFICATE",
          certificate
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(own.getPrivate()))
              .getEncoded());
    } catch (OperatorCreationException e) {
      throw new IllegalStateException("this Java platform cannot sign a certificate", e);
    }
  }

  private static String pem(String label, byte[] der) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
  }

  private static InputStream stream(String pem) {
    return new ByteArrayInputStream(pem.getBytes(US_ASCII));
  }
}
