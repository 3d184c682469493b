package dev.rolecall.tls.certificate;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.Audience;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.proof.ProofBinding;
import dev.rolecall.proof.StsHost;
import dev.rolecall.tls.internal.certificate.CertificateForm;
import dev.rolecall.tls.internal.certificate.Der;
import dev.rolecall.tls.internal.certificate.DnsName;
import dev.rolecall.tls.internal.certificate.P256Key;
import dev.rolecall.tls.internal.certificate.TestKeys;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The certificates that are read, and those that differ in one thing and are not. */
@Tag("attack")
final class AttestedCertificateTest {

  private static final String AUDIENCE = "orders";
  private static final Instant SIGNED_AT = Instant.parse("2026-11-21T22:18:45Z");
  private static final KeyPair PAIR = TestKeys.keyPair();
  private static final P256Key KEY = TestKeys.key(PAIR);
  private static final String PROOF = proof(new ProofBinding.Key(KEY.hash()), 900).text();
  private static final byte[] VERSION = Der.explicit(0, Der.integer(BigInteger.TWO));
  private static final byte[] ECDSA = Der.sequence(Der.objectIdentifier("1.2.840.10045.4.3.2"));
  private static final byte[] NAME = name("rolecall");
  private static final byte[] DATES = dates(SIGNED_AT, SIGNED_AT.plusSeconds(900));
  private static final byte[] EXTENSION =
      extension(CertificateForm.PROOF_OID, Der.ia5String(PROOF));

  private static CallerProof proof(ProofBinding binding, int seconds) {
    return CallerProof.builder(
            StsHost.parse("sts.eu-west-1.amazonaws.com"), Audience.of(AUDIENCE), binding)
        .accessKeyId("ASIAEXAMPLE000000001")
        .amzDate("20261121T221845Z")
        .life(Duration.ofSeconds(seconds))
        .signature("0".repeat(64))
        .sessionToken("dG9rZW4=")
        .build();
  }

  private static byte[] name(String text) {
    return Der.sequence(
        Der.set(Der.sequence(Der.objectIdentifier("2.5.4.3"), Der.utf8String(text))));
  }

  private static byte[] dates(Instant from, Instant to) {
    return Der.sequence(Der.time(from), Der.time(to));
  }

  private static byte[] extension(String oid, byte[] value) {
    return Der.sequence(Der.objectIdentifier(oid), Der.octetString(value));
  }

  private static byte[] critical(String oid, byte[] value) {
    return Der.sequence(
        Der.objectIdentifier(oid),
        Der.tagged(0x01, new byte[] {(byte) 0xff}),
        Der.octetString(value));
  }

  private static byte[] serial(long value) {
    return Der.integer(BigInteger.valueOf(value));
  }

  private static byte[] extensions(byte[]... each) {
    return Der.explicit(3, Der.sequence(each));
  }

  /** As the form has it, part by part. */
  private static byte[] good() {
    return signed(
        VERSION, serial(10), ECDSA, NAME, DATES, NAME, KEY.encoded(), extensions(EXTENSION));
  }

  private static byte[] signed(byte[]... parts) {
    byte[] content = Der.sequence(parts);
    return Der.sequence(content, ECDSA, Der.bitString(TestKeys.sign(PAIR.getPrivate(), content)));
  }

  private static byte[] withExtensions(byte[]... each) {
    return signed(VERSION, serial(10), ECDSA, NAME, DATES, NAME, KEY.encoded(), extensions(each));
  }

  private static byte[] withKey(byte[] key, byte[] dates, String proof) {
    return signed(
        VERSION,
        serial(10),
        ECDSA,
        NAME,
        dates,
        NAME,
        key,
        extensions(extension(CertificateForm.PROOF_OID, Der.ia5String(proof))));
  }

  private static CertificateReading read(byte[] encoded) {
    return AttestedCertificate.read(new Certificate[] {TestKeys.parsed(encoded)});
  }

  private static Optional<AttestedCertificate> wellFormed(CertificateReading reading) {
    return reading.fold(Optional::of, malformed -> Optional.empty());
  }

  @Test
  void read_theForm_saysWhatItHolds() {
    AttestedCertificate certificate = wellFormed(read(good())).orElseThrow();

    assertThat(certificate.proof().text()).isEqualTo(PROOF);
    assertThat(certificate.key()).isEqualTo(BindingHash.of(PAIR.getPublic().getEncoded()));
    assertThat(certificate.hostNames()).isEmpty();
    assertThat(certificate).hasToString("AttestedCertificate[orders]");
  }

  /** With everything that the form may hold. */
  private static byte[] wholeForm() {
    CertificateForm form =
        new CertificateForm(
            BigInteger.TEN,
            SIGNED_AT,
            SIGNED_AT.plusSeconds(900),
            KEY,
            List.of(new DnsName("orders.internal"), new DnsName("a")),
            PROOF);
    return form.signed(TestKeys.sign(PAIR.getPrivate(), form.toBeSigned()));
  }

  @Test
  void read_whatIsMade_withHostNames_isRead() {
    assertThat(wellFormed(read(wholeForm())).orElseThrow().hostNames())
        .containsExactly("orders.internal", "a");
  }

  @Test
  void read_proofOfTheLongestSessionToken_isRead() {
    String longest =
        CallerProof.builder(
                StsHost.parse("sts.eu-west-1.amazonaws.com"),
                Audience.of(AUDIENCE),
                new ProofBinding.Key(KEY.hash()))
            .accessKeyId("ASIAEXAMPLE000000001")
            .amzDate("20261121T221845Z")
            .life(Duration.ofMinutes(15))
            .signature("0".repeat(64))
            .sessionToken("t".repeat(4_096))
            .build()
            .text();

    assertThat(wellFormed(read(withKey(KEY.encoded(), DATES, longest)))).isPresent();
  }

  @Test
  void make_anyCertificate_namesNoArcThatAGoProgramCannotRead() {
    List<byte[]> identifiers = Oids.within(wholeForm());

    assertThat(identifiers.stream().map(Oids::dotted))
        .contains(CertificateForm.PROOF_OID, "2.5.29.17", "1.2.840.10045.4.3.2");
    assertThat(identifiers)
        .allSatisfy(oid -> assertThat(Oids.arcs(oid)).allMatch(arc -> arc.bitLength() <= 28));
  }

  @Test
  void proofOid_isTheUuidInPartsOf16And24Bits() {
    String uuid = "d1f3f5c116ce406480c26a8b1a7efc66";
    int[] ends = {4, 8, 12, 16, 20, 26, 32};
    StringBuilder oid = new StringBuilder("1.2.840.113556.1.8000.2554");
    for (int i = 0; i < ends.length; i++) {
      int from = i == 0 ? 0 : ends[i - 1];
      oid.append('.').append(Integer.parseInt(uuid.substring(from, ends[i]), 16));
    }

    assertThat(CertificateForm.PROOF_OID).isEqualTo(oid.toString());
  }

  static Stream<Arguments> malformed() {
    String otherProof =
        proof(new ProofBinding.Key(TestKeys.key(TestKeys.keyPair()).hash()), 900).text();
    byte[] dnsName =
        extension("2.5.29.17", Der.sequence(Der.tagged(0x82, "a.example".getBytes(US_ASCII))));
    byte[] address =
        extension("2.5.29.17", Der.sequence(Der.tagged(0x87, new byte[] {127, 0, 0, 1})));
    byte[] wildcard =
        extension("2.5.29.17", Der.sequence(Der.tagged(0x82, "*.a".getBytes(US_ASCII))));
    byte[] usage = critical("2.5.29.15", Der.bitString(new byte[] {(byte) 0x80}));
    byte[] keyUsage = extension("2.5.29.15", Der.tagged(0x03, new byte[] {7, (byte) 0x80}));
    return Stream.of(
        Arguments.of("no extension of ours", withExtensions(dnsName)),
        Arguments.of("another OID", withExtensions(extension("2.25.1", Der.ia5String(PROOF)))),
        Arguments.of("the OID and an arc more", withExtensions(more(Der.ia5String(PROOF)))),
        Arguments.of(
            "a critical one",
            withExtensions(critical(CertificateForm.PROOF_OID, Der.ia5String(PROOF)))),
        Arguments.of("an extension more", withExtensions(keyUsage, EXTENSION)),
        Arguments.of("an extension more, after", withExtensions(EXTENSION, keyUsage)),
        Arguments.of("an unreadable one more", withExtensions(usage, EXTENSION)),
        Arguments.of("host names after the proof", withExtensions(EXTENSION, dnsName)),
        Arguments.of("an address for a host name", withExtensions(address, EXTENSION)),
        Arguments.of("a wildcard", withExtensions(wildcard, EXTENSION)),
        Arguments.of(
            "a proof that is not wrapped",
            withExtensions(extension(CertificateForm.PROOF_OID, PROOF.getBytes(US_ASCII)))),
        Arguments.of(
            "a proof of another string type",
            withExtensions(extension(CertificateForm.PROOF_OID, Der.utf8String(PROOF)))),
        Arguments.of(
            "something after the proof",
            withExtensions(
                Der.sequence(
                    Der.objectIdentifier(CertificateForm.PROOF_OID),
                    Der.tagged(0x04, Der.ia5String(PROOF), new byte[] {5, 0})))),
        Arguments.of(
            "an empty extension",
            withExtensions(extension(CertificateForm.PROOF_OID, new byte[0]))),
        Arguments.of("no proof at all", withKey(KEY.encoded(), DATES, "")),
        Arguments.of("a proof cut short", withKey(KEY.encoded(), DATES, PROOF.substring(0, 60))),
        Arguments.of("a proof and more", withKey(KEY.encoded(), DATES, PROOF + "~")),
        Arguments.of(
            "a proof bound to nothing",
            withKey(KEY.encoded(), DATES, proof(ProofBinding.bearer(), 900).text())),
        Arguments.of(
            "a proof bound to a channel",
            withKey(KEY.encoded(), DATES, proof(new ProofBinding.Channel(KEY.hash()), 900).text())),
        Arguments.of("a proof bound to another key", withKey(KEY.encoded(), DATES, otherProof)),
        Arguments.of(
            "a date a second early",
            withKey(
                KEY.encoded(),
                dates(SIGNED_AT.minusSeconds(1), SIGNED_AT.plusSeconds(900)),
                PROOF)),
        Arguments.of(
            "an end a second late",
            withKey(KEY.encoded(), dates(SIGNED_AT, SIGNED_AT.plusSeconds(901)), PROOF)),
        Arguments.of(
            "an end that the proof does not state",
            withKey(KEY.encoded(), DATES, proof(new ProofBinding.Key(KEY.hash()), 899).text())),
        Arguments.of("version 1", signed(serial(10), ECDSA, NAME, DATES, NAME, KEY.encoded())),
        Arguments.of(
            "another issuer",
            signed(
                VERSION,
                serial(10),
                ECDSA,
                name("other"),
                DATES,
                NAME,
                KEY.encoded(),
                extensions(EXTENSION))),
        Arguments.of(
            "another subject",
            signed(
                VERSION,
                serial(10),
                ECDSA,
                NAME,
                DATES,
                name("other"),
                KEY.encoded(),
                extensions(EXTENSION))),
        Arguments.of(
            "a serial number of zero",
            signed(
                VERSION,
                serial(0),
                ECDSA,
                NAME,
                DATES,
                NAME,
                KEY.encoded(),
                extensions(EXTENSION))),
        Arguments.of(
            "a negative serial number",
            signed(
                VERSION,
                serial(-1),
                ECDSA,
                NAME,
                DATES,
                NAME,
                KEY.encoded(),
                extensions(EXTENSION))),
        Arguments.of(
            "a serial number of 21 octets",
            signed(
                VERSION,
                Der.integer(BigInteger.ONE.shiftLeft(160)),
                ECDSA,
                NAME,
                DATES,
                NAME,
                KEY.encoded(),
                extensions(EXTENSION))),
        Arguments.of("P-384", withKey(otherKey("EC", "secp384r1"), DATES, PROOF)),
        Arguments.of("RSA", withKey(otherKey("RSA", ""), DATES, PROOF)));
  }

  private static byte[] more(byte[] value) {
    return extension(CertificateForm.PROOF_OID + ".1", value);
  }

  private static byte[] otherKey(String algorithm, String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (!curve.isEmpty()) {
        generator.initialize(new ECGenParameterSpec(curve));
      }
      return generator.generateKeyPair().getPublic().getEncoded();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformed")
  void read_oneThingOtherwise_isMalformedAndSaysNothingOfIt(String what, byte[] encoded) {
    CertificateReading reading = read(encoded);
    String rule = reading.fold(read -> "", CertificateReading.Malformed::rule);

    assertThat(rule).as(what).isNotEmpty().doesNotContain("ASIA", "orders");
  }

  @Test
  void read_chainOfNoneOrTwo_isMalformed() {
    X509Certificate certificate = TestKeys.parsed(good());

    assertThat(wellFormed(AttestedCertificate.read(new Certificate[0]))).isEmpty();
    assertThat(wellFormed(AttestedCertificate.read(new Certificate[] {certificate, certificate})))
        .isEmpty();
  }

  @Test
  void read_longerThanItMayBe_isMalformedBeforeAnythingElse() {
    byte[] long16k = new byte[CertificateReader.MAX_BYTES];
    String rule =
        read(withExtensions(EXTENSION, extension("2.25.1", Der.octetString(long16k))))
            .fold(read -> "", CertificateReading.Malformed::rule);

    assertThat(rule).isEqualTo("at most 8192 bytes");
  }
}
