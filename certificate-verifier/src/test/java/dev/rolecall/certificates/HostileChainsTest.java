package dev.rolecall.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.rolecall.identity.RefusalReason;
import dev.rolecall.testsupport.IssuedCertificate;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chains that a stranger tangles, and limits that an authority's own certificate states. */
@Tag("attack")
final class HostileChainsTest {

  private static final ASN1Encodable CLIENT = new KeyUsage(KeyUsage.digitalSignature);
  private static final ASN1Encodable SIGNER = new KeyUsage(KeyUsage.keyCertSign);
  private static final ASN1Encodable ORDERS = dns("orders.example.org");

  /** Some thousands of signatures on a busy machine; a search verifies many times as many. */
  private static final Duration FEW_SIGNATURES = Duration.ofSeconds(10);

  @TempDir private Path folder;
  private CertificateBench bench;
  private KeyPair keys;
  private long serial;

  @BeforeEach
  void begin() throws Exception {
    bench = new CertificateBench(folder);
    keys = newKeys();
  }

  @AfterEach
  void leave() {
    bench.close();
  }

  @Test
  void tangleOfAStrangersAuthorities_costsNoSearchThroughIt() throws Exception {
    List<X509Certificate> tangle = new ArrayList<>();
    tangle.add(certificate("CN=0", "CN=1", Extension.keyUsage, CLIENT));
    for (int level = 1; level < 6; level++) {
      for (int i = 0; i < 80; i++) {
        tangle.add(authority("CN=" + level, "CN=" + (level + 1)));
      }
    }

    IssuedCertificate client = new IssuedCertificate(tangle, keys.getPrivate());
    assertThat(assertTimeoutPreemptively(FEW_SIGNATURES, () -> bench.refusal(client)))
        .isEqualTo(RefusalReason.ISSUER_NOT_ALLOWED);
  }

  @Test
  void circleOfAStrangersAuthorities_ends() throws Exception {
    List<X509Certificate> circle =
        List.of(
            certificate("CN=0", "CN=1", Extension.keyUsage, CLIENT),
            authority("CN=1", "CN=2"),
            authority("CN=2", "CN=1"));

    assertThat(bench.refusal(new IssuedCertificate(circle, keys.getPrivate())))
        .isEqualTo(RefusalReason.ISSUER_NOT_ALLOWED);
  }

  @Test
  void strangersAuthority_ofAnAuthoritysName_isNoAuthority() throws Exception {
    List<X509Certificate> forged =
        List.of(
            certificate("CN=0", "CN=mesh", Extension.subjectAlternativeName, ORDERS),
            authority("CN=mesh", "CN=mesh"));

    assertThat(bench.refusal(new IssuedCertificate(forged, keys.getPrivate())))
        .isEqualTo(RefusalReason.ISSUER_NOT_ALLOWED);
  }

  @Test
  void certificatesInAnotherOrder_leadToTheirAuthority() throws Exception {
    IssuedCertificate issued =
        bench.mesh.intermediate("one").intermediate("two").issueForDns("orders.example.org");
    List<X509Certificate> shuffled = new ArrayList<>(issued.chain());
    Collections.swap(shuffled, 1, 2);

    assertThat(bench.caller(new IssuedCertificate(shuffled, issued.privateKey()))).isNotNull();
  }

  @Test
  void chainOfTooManyBetween_isOfNoAuthority() {
    assertThat(
            bench.refusal(
                bench
                    .mesh
                    .intermediate("1")
                    .intermediate("2")
                    .intermediate("3")
                    .intermediate("4")
                    .intermediate("5")
                    .issueForDns("orders.example.org")))
        .isEqualTo(RefusalReason.ISSUER_NOT_ALLOWED);
  }

  @Test
  void nameOutsideTheAuthoritysOwnConstraints_isOfNoAuthority() throws Exception {
    trust(authority("CN=root", "CN=root", Extension.nameConstraints, only("example.org")));

    assertThat(bench.caller(named("orders.example.org"))).isNotNull();
    assertThat(bench.refusal(named("orders.example.com")))
        .isEqualTo(RefusalReason.ISSUER_NOT_ALLOWED);
  }

  private IssuedCertificate named(String name) throws Exception {
    X509Certificate leaf =
        certificate("CN=0", "CN=root", Extension.subjectAlternativeName, dns(name));
    return new IssuedCertificate(List.of(leaf), keys.getPrivate());
  }

  @Test
  void authorityBelowOneThatMayHaveNone_isOfNoAuthority() throws Exception {
    trust(authority("CN=root", "CN=root", Extension.basicConstraints, new BasicConstraints(0)));
    List<X509Certificate> chain =
        List.of(
            certificate("CN=0", "CN=1", Extension.subjectAlternativeName, ORDERS),
            authority("CN=1", "CN=root"));

    assertThat(bench.caller(named("orders.example.org"))).isNotNull();
    assertThat(bench.refusal(new IssuedCertificate(chain, keys.getPrivate())))
        .isEqualTo(RefusalReason.ISSUER_NOT_ALLOWED);
  }

  @Test
  void clientOfAnAuthorityForServersAlone_isOfNoAuthority() throws Exception {
    ASN1Encodable ofServers = new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth);
    ASN1Encodable ofBoth =
        new ExtendedKeyUsage(
            new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth});
    X509Certificate leaf = certificate("CN=0", "CN=1", Extension.subjectAlternativeName, ORDERS);

    trust(authority("CN=1", "CN=1", Extension.extendedKeyUsage, ofServers));
    assertThat(bench.refusal(new IssuedCertificate(List.of(leaf), keys.getPrivate())))
        .isEqualTo(RefusalReason.ISSUER_NOT_ALLOWED);

    trust(authority("CN=root", "CN=root"));
    List<X509Certificate> below =
        List.of(leaf, authority("CN=1", "CN=root", Extension.extendedKeyUsage, ofServers));
    assertThat(bench.refusal(new IssuedCertificate(below, keys.getPrivate())))
        .isEqualTo(RefusalReason.ISSUER_NOT_ALLOWED);
    below = List.of(leaf, authority("CN=1", "CN=root", Extension.extendedKeyUsage, ofBoth));
    assertThat(bench.caller(new IssuedCertificate(below, keys.getPrivate()))).isNotNull();
  }

  @Test
  void authorityWhoseLimitsCannotBeHeld_doesNotStart() throws Exception {
    trust(authority("CN=mid", "CN=root", Extension.nameConstraints, only("example.org")));
    assertThatThrownBy(() -> bench.scheme().verifier(bench.runtime))
        .hasMessageContaining("(expected: ");

    trust(authority("CN=root", "CN=root", Extension.keyUsage, new KeyUsage(KeyUsage.cRLSign)));
    assertThatThrownBy(() -> bench.scheme().verifier(bench.runtime))
        .hasMessageContaining("(expected: ");
  }

  private void trust(X509Certificate authority) throws Exception {
    String body = Base64.getMimeEncoder().encodeToString(authority.getEncoded());
    Files.writeString(
        bench.meshFile, "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n");
  }

  private static ASN1Encodable only(String domain) {
    return new NameConstraints(
        new GeneralSubtree[] {new GeneralSubtree(new GeneralName(GeneralName.dNSName, domain))},
        null);
  }

  private static ASN1Encodable dns(String name) {
    return new GeneralNames(new GeneralName(GeneralName.dNSName, name));
  }

  private X509Certificate authority(String subject, String issuer) throws Exception {
    return authority(subject, issuer, Extension.keyUsage, SIGNER);
  }

  private X509Certificate authority(
      String subject, String issuer, ASN1ObjectIdentifier extension, ASN1Encodable value)
      throws Exception {
    X509v3CertificateBuilder builder =
        builder(subject, issuer).addExtension(extension, true, value);
    if (!extension.equals(Extension.basicConstraints)) {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    }
    return signed(builder);
  }

  private X509Certificate certificate(
      String subject, String issuer, ASN1ObjectIdentifier extension, ASN1Encodable value)
      throws Exception {
    return signed(builder(subject, issuer).addExtension(extension, true, value));
  }

  /** Every party of a test has the same key: who vouches for whom is told by names alone. */
  private X509v3CertificateBuilder builder(String subject, String issuer) {
    return new X509v3CertificateBuilder(
        new X500Name(issuer),
        BigInteger.valueOf(++serial),
        new Time(new ASN1GeneralizedTime("20200101000000Z")),
        new Time(new ASN1GeneralizedTime("20990101000000Z")),
        new X500Name(subject),
        SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
  }

  private X509Certificate signed(X509v3CertificateBuilder builder) throws Exception {
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
  }

  private static KeyPair newKeys() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }
}
