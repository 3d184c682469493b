package dev.rolecall.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.rolecall.tls.internal.certificate.Der;
import dev.rolecall.tls.internal.certificate.TestKeys;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** A self-signed certificate for localhost, of the kind that an authority signs. */
record OrdinaryCertificate(X509Certificate certificate, KeyPair pair) {

  static OrdinaryCertificate forLocalhost() {
    KeyPair pair = TestKeys.keyPair();
    byte[] ecdsa = Der.sequence(Der.objectIdentifier("1.2.840.10045.4.3.2"));
    byte[] name =
        Der.sequence(
            Der.set(Der.sequence(Der.objectIdentifier("2.5.4.3"), Der.utf8String("localhost"))));
    byte[] names = Der.sequence(Der.tagged(0x82, "localhost".getBytes(US_ASCII)));
    byte[] content =
        Der.sequence(
            Der.explicit(0, Der.integer(BigInteger.TWO)),
            Der.integer(BigInteger.TEN),
            ecdsa,
            name,
            Der.sequence(
                Der.time(Instant.parse("2020-01-01T00:00:00Z")),
                Der.time(Instant.parse("2049-01-01T00:00:00Z"))),
            name,
            pair.getPublic().getEncoded(),
            Der.explicit(
                3,
                Der.sequence(
                    Der.sequence(Der.objectIdentifier("2.5.29.17"), Der.octetString(names)))));
    return new OrdinaryCertificate(
        TestKeys.parsed(
            Der.sequence(content, ecdsa, Der.bitString(TestKeys.sign(pair.getPrivate(), content)))),
        pair);
  }

  FixedKeys keys() {
    return new FixedKeys(certificate, pair.getPrivate());
  }

  /** Trust managers that trust this one alone. */
  TrustManager[] trust() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("only", certificate);
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError("every Java platform has PKCS12", e);
    }
  }
}
