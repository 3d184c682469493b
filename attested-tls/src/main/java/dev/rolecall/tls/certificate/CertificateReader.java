package dev.rolecall.tls.certificate;

import dev.rolecall.proof.CallerProof;
import dev.rolecall.proof.ProofBinding;
import dev.rolecall.tls.internal.certificate.CertificateForm;
import dev.rolecall.tls.internal.certificate.Der;
import dev.rolecall.tls.internal.certificate.DnsName;
import dev.rolecall.tls.internal.certificate.P256Key;
import java.math.BigInteger;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads attested certificates. The parts that vary are taken from the JDK's reading. Then the
 * certificate is written again from these parts and must come out the same. So it holds nothing
 * else: no second extension, no other order, no other spelling of a length.
 */
final class CertificateReader {

  /** The longest proof, a few host names, and what stands around them. */
  static final int MAX_BYTES = 8_192;

  private static final int MAX_SERIAL_BITS = 159;
  private static final int DNS_NAME = 2;
  private static final String FORM = "the form of an attested certificate";

  private CertificateReader() {}

  static CertificateReading read(Certificate[] chain) {
    if (chain.length != 1 || !(chain[0] instanceof X509Certificate certificate)) {
      return malformed("one X.509 certificate");
    }
    try {
      byte[] encoded = certificate.getEncoded();
      return encoded.length > MAX_BYTES
          ? malformed("at most " + MAX_BYTES + " bytes")
          : read(certificate, encoded);
    } catch (CertificateException | RuntimeException e) {
      // Some providers parse a certificate only when it is used, and throw what they like.
      return malformed("a certificate that can be read");
    }
  }

  private static CertificateReading read(X509Certificate certificate, byte[] encoded)
      throws CertificateException {
    Optional<P256Key> key = P256Key.of(certificate.getPublicKey().getEncoded());
    if (key.isEmpty()) {
      return malformed("a key on P-256");
    }
    byte @Nullable [] extension = certificate.getExtensionValue(CertificateForm.PROOF_OID);
    if (extension == null) {
      return malformed("an extension that holds a proof");
    }
    String text = Der.ia5Within(extension);
    Instant notBefore = certificate.getNotBefore().toInstant();
    Instant notAfter = certificate.getNotAfter().toInstant();
    Optional<List<DnsName>> hostNames = hostNames(certificate.getSubjectAlternativeNames());
    BigInteger serial = certificate.getSerialNumber();
    if (serial.signum() <= 0 || serial.bitLength() > MAX_SERIAL_BITS || hostNames.isEmpty()) {
      return malformed(FORM);
    }
    CertificateForm form =
        new CertificateForm(serial, notBefore, notAfter, key.get(), hostNames.get(), text);
    if (!form.isThatOf(encoded, certificate.getSignature())) {
      return malformed(FORM);
    }
    return CallerProof.read(text)
        .fold(proof -> read(proof, form), malformed -> malformed(malformed.rule()));
  }

  private static CertificateReading read(CallerProof proof, CertificateForm form) {
    if (!proof.binding().equals(new ProofBinding.Key(form.publicKey().hash()))) {
      return malformed("a proof that is bound to the certificate's key");
    }
    if (!form.notBefore().equals(proof.signedAt())
        || !form.notAfter().equals(proof.signedAt().plus(proof.expires()))) {
      return malformed("the dates of its proof");
    }
    return new CertificateReading.WellFormed(
        new AttestedCertificate(
            proof,
            form.publicKey().hash(),
            form.hostNames().stream().map(DnsName::value).toList()));
  }

  private static Optional<List<DnsName>> hostNames(@Nullable Collection<List<?>> names) {
    List<DnsName> hosts = new ArrayList<>();
    if (names != null) {
      for (List<?> name : names) {
        Optional<DnsName> host =
            name.get(0).equals(DNS_NAME) && name.get(1) instanceof String text
                ? DnsName.of(text)
                : Optional.empty();
        if (host.isEmpty() || hosts.size() == CertificateForm.MAX_HOST_NAMES) {
          return Optional.empty();
        }
        hosts.add(host.get());
      }
    }
    return Optional.of(hosts);
  }

  private static CertificateReading malformed(String rule) {
    return new CertificateReading.Malformed(rule);
  }
}
