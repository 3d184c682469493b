package dev.rolecall.cli.server;

import io.grpc.ChannelCredentials;
import io.grpc.ServerCredentials;
import io.grpc.TlsChannelCredentials;
import io.grpc.TlsServerCredentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate made for one run of a server on this machine: self-signed, P-256, for {@code
 * localhost} and {@code 127.0.0.1}, good for a day. The key lives in memory only.
 */
public final class ServerCertificate {

  private static final Duration LIFE = Duration.ofDays(1);
  private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(5);

  private final String certificatePem;
  private final String keyPem;

  private ServerCertificate(String certificatePem, String keyPem) {
    this.certificatePem = certificatePem;
    this.keyPem = keyPem;
  }

  public static ServerCertificate forThisRun(Clock clock, SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair pair = generator.generateKeyPair();
      Instant now = clock.instant();
      X500Name name = new X500Name("CN=rolecall for this run");
      var certificate =
          new JcaX509v3CertificateBuilder(
                  name,
                  new BigInteger(127, random).add(BigInteger.ONE),
                  Date.from(now.minus(CLOCK_DIFFERENCE)),
                  Date.from(now.plus(LIFE)),
                  name,
                  pair.getPublic())
              .addExtension(
                  Extension.subjectAlternativeName,
                  false,
                  new GeneralNames(
                      new GeneralName[] {
                        new GeneralName(GeneralName.dNSName, "localhost"),
                        new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
                      }))
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
      return new ServerCertificate(pem(certificate), pem(pair.getPrivate()));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("this Java platform cannot make a P-256 certificate", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The certificate, which a client trusts. */
  public String certificatePem() {
    return certificatePem;
  }

  /** What a server needs to present it. */
  public ServerCredentials serverCredentials() {
    return tls().build();
  }

  /** TLS of a server that presents it. */
  public TlsServerCredentials.Builder tls() {
    return tls(certificatePem, keyPem);
  }

  /** TLS of a server that presents that chain, whose key is in PEM form. */
  public static TlsServerCredentials.Builder tls(List<X509Certificate> chain, String keyPem) {
    try {
      StringBuilder chainPem = new StringBuilder();
      for (X509Certificate certificate : chain) {
        chainPem.append(pem(certificate));
      }
      return tls(chainPem.toString(), keyPem);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }

  private static TlsServerCredentials.Builder tls(String chainPem, String keyPem) {
    try {
      return TlsServerCredentials.newBuilder().keyManager(stream(chainPem), stream(keyPem));
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  /** What a client needs to trust it, and nothing else. */
  public ChannelCredentials clientCredentials() {
    return clientTls().build();
  }

  /** TLS of a client that trusts it, and nothing else. */
  public TlsChannelCredentials.Builder clientTls() {
    try {
      return TlsChannelCredentials.newBuilder().trustManager(stream(certificatePem));
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  private static InputStream stream(String pem) {
    return new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public String toString() {
    return "ServerCertificate[****]";
  }

  private static String pem(Object value) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      // A PKCS#8 key, which is what gRPC's TLS reads, rather than OpenSSL's own form.
      writer.writeObject(
          value instanceof PrivateKey key
              ? new org.bouncycastle.openssl.jcajce.JcaPKCS8Generator(key, null)
              : value);
    }
    return text.toString();
  }
}
