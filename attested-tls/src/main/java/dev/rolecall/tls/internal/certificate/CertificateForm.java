package dev.rolecall.tls.internal.certificate;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The one form of an attested certificate, version 1: the parts that vary, and the bytes that
 * follow from them. Writer and reader share it. The reader writes the parts it has read and
 * compares, so that it accepts only certificates that the writer could have written.
 *
 * @param serial positive, of at most 20 octets
 * @param notBefore the time at which the proof was signed
 * @param notAfter the end of the life that the proof states
 * @param publicKey the SubjectPublicKeyInfo
 * @param hostNames the self-declared DNS names of the holder; often none
 * @param proof the proof's text
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-4.1">RFC 5280, section 4.1</a>
 */
public record CertificateForm(
    BigInteger serial,
    Instant notBefore,
    Instant notAfter,
    P256Key publicKey,
    List<DnsName> hostNames,
    String proof) {

  /**
   * The extension that holds the proof: an arc that is free for UUIDs, and the UUID
   * d1f3f5c1-16ce-4064-80c2-6a8b1a7efc66 in parts of 16 and 24 bits. A single arc of 128 bits, as
   * under 2.25, is more than Go reads.
   *
   * @see <a href="https://www.oid-base.com/get/1.2.840.113556.1.8000.2554">The arc's rule</a>
   */
  public static final String PROOF_OID =
      "1.2.840.113556.1.8000.2554.53747.62913.5838.16484.32962.6982426.8322150";

  /** How many host names a certificate may hold. */
  public static final int MAX_HOST_NAMES = 8;

  private static final byte[] VERSION_3 = Der.explicit(0, Der.integer(BigInteger.TWO));
  private static final byte[] ECDSA_WITH_SHA256 =
      Der.sequence(Der.objectIdentifier("1.2.840.10045.4.3.2"));
  private static final byte[] NAME =
      Der.sequence(
          Der.set(Der.sequence(Der.objectIdentifier("2.5.4.3"), Der.utf8String("rolecall"))));
  private static final byte[] ALTERNATIVE_NAMES = Der.objectIdentifier("2.5.29.17");
  private static final byte[] PROOF = Der.objectIdentifier(PROOF_OID);
  private static final int DNS_NAME = 0x82;

  /** Copies the host names. */
  public CertificateForm {
    hostNames = List.copyOf(hostNames);
  }

  /** The part that the certificate's key signs. */
  public byte[] toBeSigned() {
    List<byte[]> extensions = new ArrayList<>();
    if (!hostNames.isEmpty()) {
      extensions.add(extension(ALTERNATIVE_NAMES, alternativeNames()));
    }
    extensions.add(extension(PROOF, Der.ia5String(proof)));
    return Der.sequence(
        VERSION_3,
        Der.integer(serial),
        ECDSA_WITH_SHA256,
        NAME,
        Der.sequence(Der.time(notBefore), Der.time(notAfter)),
        NAME,
        publicKey.encoded(),
        Der.explicit(3, Der.sequence(extensions.toArray(byte[][]::new))));
  }

  private byte[] alternativeNames() {
    return Der.sequence(
        hostNames.stream().map(name -> Der.tagged(DNS_NAME, name.ascii())).toArray(byte[][]::new));
  }

  /** Not critical: DER leaves the default out. */
  private static byte[] extension(byte[] identifier, byte[] value) {
    return Der.sequence(identifier, Der.octetString(value));
  }

  /** The certificate with that signature. */
  public byte[] signed(byte[] signature) {
    return Der.sequence(toBeSigned(), ECDSA_WITH_SHA256, Der.bitString(signature));
  }

  /** Whether a certificate has exactly this form, with that signature. */
  public boolean isThatOf(byte[] certificate, byte[] signature) {
    return Arrays.equals(certificate, signed(signature));
  }

  @Override
  public String toString() {
    return "CertificateForm[****]";
  }
}
