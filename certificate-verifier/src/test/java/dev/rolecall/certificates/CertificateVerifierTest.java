package dev.rolecall.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.access.lookup.CallerLookup;
import dev.rolecall.access.scheme.CallerVerifier;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.Reading;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.Fact;
import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.testsupport.IssuedCertificate;
import dev.rolecall.testsupport.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates that name a caller, and those that name none. */
@Tag("attack")
final class CertificateVerifierTest {

  private static final String ID = "spiffe://example.org/ns/shop/sa/checkout";

  @TempDir private Path folder;

  private CertificateBench bench;

  @BeforeEach
  void begin() {
    bench = new CertificateBench(folder);
  }

  @AfterEach
  void leave() {
    bench.close();
  }

  @Test
  void spiffeId_ofTheAuthoritysTrustDomain_isTheCaller() {
    IssuedCertificate svid = bench.mesh.issueForSpiffe(ID);

    Caller caller = bench.caller(svid);

    assertThat(caller.principal().text()).isEqualTo(ID);
    assertThat(caller.notAfter()).isEqualTo(svid.leaf().getNotAfter().toInstant());
    assertThat(caller.evidence().scheme()).isEqualTo("client-certificate");
    assertThat(caller.evidence().carrier()).isEqualTo(Evidence.Carrier.CLIENT_CERTIFICATE);
    assertThat(caller.evidence().credentialId())
        .contains(svid.leaf().getSerialNumber().toString(16));
    assertThat(caller.evidence().facts()).contains(new Fact("authority", "authority", "mesh"));
  }

  @Test
  void dnsName_isNamedWithItsAuthority() {
    assertThat(bench.caller(bench.partners.issueForDns("API.example.com")).principal().text())
        .isEqualTo("dns:partners:api.example.com");
    assertThat(bench.caller(bench.mesh.issueForDns("api.example.com")).principal().text())
        .isEqualTo("dns:mesh:api.example.com");
  }

  @Test
  void chainWithIntermediates_leadsToItsAuthority() {
    TestAuthority below = bench.mesh.intermediate("one").intermediate("two");

    assertThat(bench.caller(below.issueForSpiffe(ID)).principal().text()).isEqualTo(ID);
  }

  @Test
  void chainWithItsRoot_leadsToItsAuthority() {
    IssuedCertificate svid = bench.mesh.issueForSpiffe(ID);

    assertThat(bench.caller(with(svid, bench.mesh)).principal().text()).isEqualTo(ID);
  }

  private static IssuedCertificate with(IssuedCertificate issued, TestAuthority root) {
    return new IssuedCertificate(List.of(issued.leaf(), root.certificate()), issued.privateKey());
  }

  @Test
  void chainThatLacksItsIntermediate_isOfNoAuthority() {
    IssuedCertificate svid = bench.mesh.intermediate("one").issueForSpiffe(ID);

    assertThat(bench.refusal(new IssuedCertificate(List.of(svid.leaf()), svid.privateKey())))
        .isEqualTo(RefusalReason.ISSUER_NOT_ALLOWED);
  }

  @Test
  void chainThatLacksItsIntermediate_isNotTakenForTheWholeOne_norTheOtherWayRound() {
    IssuedCertificate whole = bench.mesh.intermediate("one").issueForSpiffe(ID);
    IssuedCertificate part = new IssuedCertificate(List.of(whole.leaf()), whole.privateKey());
    try (CallerLookup lookup = bench.lookup()) {
      for (int i = 0; i < 2; i++) {
        assertThat(CertificateBench.refusal(CertificateBench.verdict(lookup, part)))
            .isEqualTo(RefusalReason.ISSUER_NOT_ALLOWED);
        assertThat(CertificateBench.caller(CertificateBench.verdict(lookup, whole))).isNotNull();
      }
    }
  }

  @Test
  void certificateOfAStranger_isOfNoAuthority() {
    TestAuthority stranger = TestAuthority.root("mesh");

    assertThat(bench.refusal(stranger.issueForSpiffe(ID)))
        .isEqualTo(RefusalReason.ISSUER_NOT_ALLOWED);
    assertThat(bench.refusal(with(stranger.issueForSpiffe(ID), stranger)))
        .isEqualTo(RefusalReason.ISSUER_NOT_ALLOWED);
  }

  @Test
  void certificateOfAClientsOwn_isNoAuthority() {
    IssuedCertificate honest = bench.mesh.issueForSpiffe("spiffe://example.org/a");
    TestAuthority forger = TestAuthority.root("forger");
    IssuedCertificate forged = forger.issueForSpiffe(ID);

    assertThat(
            bench.refusal(
                new IssuedCertificate(List.of(forged.leaf(), honest.leaf()), forged.privateKey())))
        .isEqualTo(RefusalReason.ISSUER_NOT_ALLOWED);
  }

  @Test
  void spiffeId_ofAnAuthorityThatHasAnotherTrustDomain_isRefused() {
    assertThat(bench.refusal(bench.partners.issueForSpiffe(ID)))
        .isEqualTo(RefusalReason.ISSUER_NOT_ALLOWED);
    assertThat(bench.refusal(bench.mesh.issueForSpiffe("spiffe://example.com/a")))
        .isEqualTo(RefusalReason.ISSUER_NOT_ALLOWED);
    assertThat(bench.refusal(bench.mesh.issueForSpiffe("spiffe://example.org.evil/a")))
        .isEqualTo(RefusalReason.ISSUER_NOT_ALLOWED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spiffe://example.org",
        "spiffe://example.org/",
        "spiffe://EXAMPLE.org/a",
        "spiffe://example.org/a/",
        "spiffe://example.org//a",
        "spiffe://example.org/../a",
        "spiffe://example.org/%61",
        "spiffe://example.org:443/a",
        "spiffe://user@example.org/a",
        "spiffe://example.org/a?b",
        "spiffe://example.org/a#b",
        "SPIFFE://example.org/a",
        "https://example.org/a",
        "urn:example",
      })
  void uri_thatIsNoSpiffeId_isMalformed(String uri) {
    assertThat(bench.refusal(bench.mesh.issue(bench.mesh.leaf().uri(uri))))
        .isEqualTo(RefusalReason.CREDENTIAL_MALFORMED);
    assertThat(bench.refusal(bench.mesh.issue(bench.mesh.leaf().uri(uri).dns("a.example"))))
        .as("never a DNS name instead")
        .isEqualTo(RefusalReason.CREDENTIAL_MALFORMED);
  }

  @Test
  void twoNames_areMalformed_forNeitherIsTheCallersMoreThanTheOther() {
    TestAuthority.Leaf uris = bench.mesh.leaf().uri(ID).uri("spiffe://example.org/b");
    TestAuthority.Leaf names = bench.mesh.leaf().dns("a.example").dns("b.example");

    assertThat(bench.refusal(bench.mesh.issue(uris))).isEqualTo(RefusalReason.CREDENTIAL_MALFORMED);
    assertThat(bench.refusal(bench.mesh.issue(names)))
        .isEqualTo(RefusalReason.CREDENTIAL_MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*.example.com", "*", "exa_mple.com", "example.com."})
  void dnsName_ofAnotherForm_isMalformed(String name) {
    assertThat(bench.refusal(bench.partners.issueForDns(name)))
        .isEqualTo(RefusalReason.CREDENTIAL_MALFORMED);
  }

  @Test
  void commonNameAndOtherNames_nameNoCaller() {
    assertThat(bench.refusal(bench.mesh.issue(bench.mesh.leaf())))
        .isEqualTo(RefusalReason.CALLER_KIND_NOT_ACCEPTED);
    assertThat(bench.refusal(bench.mesh.issue(bench.mesh.leaf().email("a@example.com"))))
        .isEqualTo(RefusalReason.CALLER_KIND_NOT_ACCEPTED);
  }

  @Test
  void certificateOfAServerOrAnAuthority_isMalformed() {
    TestAuthority.Leaf server =
        bench.mesh.leaf().dns("a.example").purposes(KeyPurposeId.id_kp_serverAuth);
    TestAuthority.Leaf authority = bench.mesh.leaf().uri(ID).asAuthority();
    TestAuthority.Leaf signer =
        bench.mesh.leaf().uri(ID).usage(KeyUsage.digitalSignature | KeyUsage.cRLSign);
    TestAuthority.Leaf cipher = bench.mesh.leaf().uri(ID).usage(KeyUsage.keyEncipherment);

    for (TestAuthority.Leaf leaf : List.of(server, authority, signer, cipher)) {
      assertThat(bench.refusal(bench.mesh.issue(leaf)))
          .isEqualTo(RefusalReason.CREDENTIAL_MALFORMED);
    }
    assertThat(bench.caller(bench.mesh.issue(bench.mesh.leaf().uri(ID).purposes()))).isNotNull();
  }

  @Test
  void dates_areThoseOfTheCertificate_bothEndsIncluded() {
    Instant now = bench.time.instant().truncatedTo(ChronoUnit.SECONDS);
    IssuedCertificate svid =
        bench.mesh.issue(bench.mesh.leaf().uri(ID).valid(now, now.plusSeconds(60)));
    bench.time.setClock(now.minusMillis(1));
    assertThat(bench.refusal(svid)).isEqualTo(RefusalReason.CREDENTIAL_NOT_YET_VALID);
    bench.time.setClock(now);
    assertThat(bench.caller(svid).notAfter()).isEqualTo(now.plusSeconds(60));
    bench.time.setClock(now.plusSeconds(60));
    assertThat(bench.caller(svid)).isNotNull();
    bench.time.setClock(now.plusSeconds(60).plusMillis(1));
    assertThat(bench.refusal(svid)).isEqualTo(RefusalReason.CREDENTIAL_EXPIRED);
  }

  @Test
  void authorityThatLapses_endsItsClients() {
    Instant end = Instant.parse("2027-01-01T00:00:00Z");
    TestAuthority shortLived = TestAuthority.root("short", end);
    shortLived.writePem(bench.meshFile);
    IssuedCertificate svid = shortLived.issueForSpiffe(ID);

    assertThat(bench.caller(svid).notAfter()).isEqualTo(end);
    bench.time.advance(Duration.between(bench.time.instant(), end).plusMillis(1));
    assertThat(bench.refusal(svid)).isEqualTo(RefusalReason.ISSUER_NOT_ALLOWED);
  }

  @Test
  void rememberedAnswer_isRefusedOnceTheAuthoritysCertificateIsGone() {
    IssuedCertificate svid = bench.mesh.issueForSpiffe(ID);
    try (CallerLookup lookup = bench.lookup()) {
      Caller caller = CertificateBench.caller(CertificateBench.verdict(lookup, svid));
      assertThat(lookup.withdrawals().of(caller)).isEmpty();

      TestAuthority.root("next").writePem(bench.meshFile);
      bench.reload();

      assertThat(lookup.withdrawals().of(caller)).contains(RefusalReason.CREDENTIAL_INACTIVE);
      assertThat(CertificateBench.refusal(CertificateBench.verdict(lookup, svid)))
          .isEqualTo(RefusalReason.CREDENTIAL_INACTIVE);
    }
  }

  @Test
  void callerOfAnotherVerifier_isNotWithdrawn() {
    Caller caller = bench.caller(bench.mesh.issueForSpiffe(ID));
    CertificateVerifier others =
        CertificateVerifier.of(CertificateAuthority.of("others", bench.partnersFile))
            .executor(bench.scheduler);

    try (CallerVerifier verifier = others.verifier(bench.runtime)) {
      assertThat(verifier.withdrawn(caller)).isEmpty();
    }
  }

  @Test
  void bundle_thatIsReplacedByWhatIsNone_staysInForce() throws Exception {
    IssuedCertificate svid = bench.mesh.issueForSpiffe(ID);
    try (CallerLookup lookup = bench.lookup()) {
      Files.writeString(bench.meshFile, "no certificate\n");
      bench.reload();
      assertThat(CertificateBench.caller(CertificateBench.verdict(lookup, svid))).isNotNull();

      Files.delete(bench.meshFile);
      bench.reload();
      assertThat(CertificateBench.caller(CertificateBench.verdict(lookup, svid))).isNotNull();

      bench.partners.writePem(bench.meshFile);
      bench.reload();
      assertThat(CertificateBench.caller(CertificateBench.verdict(lookup, svid)))
          .as("one certificate of two authorities")
          .isNotNull();
    }
  }

  @Test
  void otherCredentials_areNotItsOwn() {
    try (CallerVerifier verifier = bench.scheme().verifier(bench.runtime)) {
      assertThat(verifier.read(Credential.bearer("x"), CertificateBench.TLS))
          .isEqualTo(Reading.notMine());
    }
  }

  @Test
  void refusal_hasTheFactsOfTheCertificate() {
    IssuedCertificate svid = TestAuthority.root("stranger").issueForSpiffe(ID);

    Verification.Refused refused = (Verification.Refused) bench.verdict(svid);

    assertThat(refused.facts().orElseThrow().list())
        .extracting(Fact::field)
        .containsExactly("certificate_serial", "certificate_sha256", "certificate_names");
    assertThat(refused.facts().orElseThrow().list().get(2).value()).isEqualTo(ID);
  }

  @Test
  void settings_thatContradictEachOther_areRefused() {
    CertificateAuthority mesh =
        CertificateAuthority.of("mesh", bench.meshFile).forTrustDomain("example.org");

    assertThatThrownBy(CertificateVerifier::of)
        .hasMessage("authorities: none (expected: at least one)");
    assertThatThrownBy(
            () -> CertificateVerifier.of(mesh, CertificateAuthority.of("mesh", bench.partnersFile)))
        .hasMessage("alias: mesh of two authorities (expected: each alias once)");
    assertThatThrownBy(
            () ->
                CertificateVerifier.of(
                    mesh,
                    CertificateAuthority.of("partners", bench.partnersFile)
                        .forTrustDomain("example.org")))
        .hasMessage(
            "trust domain: example.org of two authorities (expected: each trust domain once)");
    assertThatThrownBy(() -> mesh.forTrustDomain("Example.org"))
        .hasMessageStartingWith("trust domain: Example.org (expected: ");
    assertThat(CertificateVerifier.of(mesh).aliases()).containsExactly(new IssuerAlias("mesh"));
  }

  @Test
  void verifier_ofFilesThatAreNone_doesNotStart() throws Exception {
    Path client = folder.resolve("client.pem");
    bench.mesh.issueForSpiffe(ID).writePem(client, folder.resolve("key.pem"));
    Path empty = Files.createFile(folder.resolve("empty.pem"));
    for (Path file : List.of(client, empty, folder.resolve("absent.pem"), folder)) {
      CertificateVerifier scheme = CertificateVerifier.of(CertificateAuthority.of("mesh", file));
      for (ThrowingCallable made :
          List.<ThrowingCallable>of(
              () -> scheme.verifier(bench.runtime), () -> scheme.check(bench.runtime.clock()))) {
        assertThatThrownBy(made)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith(file + ": ")
            .hasMessageContaining("(expected: ");
      }
    }
    CertificateVerifier twice =
        CertificateVerifier.of(
            CertificateAuthority.of("a", bench.meshFile),
            CertificateAuthority.of("b", bench.meshFile));
    assertThatThrownBy(() -> twice.verifier(bench.runtime))
        .hasMessageStartingWith("client CAs a and b: one certificate in both (expected: ");
  }
}
