package dev.rolecall.cli;

import dev.rolecall.cli.server.ServerCertificate;
import io.grpc.ServerCredentials;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A self-signed certificate of any subject, name and time, with its key.
 *
 * @param certificate the certificate
 * @param keys its key pair
 */
public record TestCertificate(X509Certificate certificate, KeyPair keys) {

  /** Good for 127.0.0.1, from a day ago to a day from now. */
  public static TestCertificate of(String commonName) {
    return of(commonName, new GeneralName(GeneralName.iPAddress, "127.0.0.1"), Duration.ofDays(1));
  }

  /** For that name, until that long from now. */
  public static TestCertificate of(String commonName, GeneralName name, Duration left) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair keys = generator.generateKeyPair();
      Instant now = Clock.systemUTC().instant();
      var subject = new X500NameBuilder().addRDN(BCStyle.CN, commonName).build();
      var built =
          new JcaX509v3CertificateBuilder(
                  subject,
                  BigInteger.valueOf(System.nanoTime()),
                  Date.from(now.minus(Duration.ofDays(2))),
                  Date.from(now.plus(left)),
                  subject,
                  keys.getPublic())
              .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(name))
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
      return new TestCertificate(new JcaX509CertificateConverter().getCertificate(built), keys);
    } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
      throw new IllegalStateException(e);
    }
  }

  public String pem() {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  String keyPem() {
    return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
  }

  /** What a gRPC server needs to present it. */
  public ServerCredentials credentials() {
    return ServerCertificate.credentials(List.of(certificate), keyPem());
  }

  /** TLS that shows this certificate, and trusts it alone. */
  public SSLContext tls() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("own", keys.getPrivate(), new char[0], new Certificate[] {certificate});
      KeyManagerFactory shown =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      shown.init(store, new char[0]);
      TrustManagerFactory trusted =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trusted.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(shown.getKeyManagers(), trusted.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String label, byte[] der) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }
}
