package dev.rolecall.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The verified caller, and the evidence of it. */
final class CallerTest {

  private static final IamRole ROLE =
      IamRole.of("arn:aws:iam::111122223333:role/team/checkout", "AROAEXAMPLE000000001");
  private static final Instant LAPSE = Instant.parse("2026-11-21T22:33:45Z");
  private static final Evidence.Carrier METADATA = Evidence.Carrier.CALL_METADATA;

  @Test
  void toString_ofARolesSession_isTheArnAsStsWritesIt() {
    assertThat(caller("i-0abc"))
        .hasToString("arn:aws:sts::111122223333:assumed-role/checkout/i-0abc");
  }

  @Test
  void toString_withoutASession_isThePrincipal() {
    assertThat(Caller.of(ROLE, Evidence.of("aws-iam", METADATA), LAPSE))
        .hasToString("arn:aws:iam::111122223333:role/checkout");
    assertThat(Caller.of(new ApiClient("ci"), Evidence.ofSession("keys", METADATA, "x"), LAPSE))
        .hasToString("key:ci");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "a:b", "a b", "a\n", "\u00e9\u00e9", "*", "a*"})
  void evidence_noSessionName_isRefused(String name) {
    assertThatThrownBy(() -> caller(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("session name: ");
  }

  @Test
  void evidence_sessionNameAtAndOverItsLengths() {
    assertThat(caller("a").evidence().sessionName()).contains("a");
    assertThat(caller("a".repeat(64)).evidence().sessionName()).contains("a".repeat(64));
    assertThatThrownBy(() -> caller("a".repeat(65))).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AWS", "a_b", "a b", "aws:iam", "a\n"})
  void evidence_noScheme_isRefused(String scheme) {
    assertThatThrownBy(() -> Evidence.of(scheme, METADATA))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("scheme: ");
  }

  @Test
  void evidence_schemeAtAndOverItsLength() {
    assertThat(Evidence.of("a".repeat(32), METADATA).scheme()).hasSize(32);
    assertThatThrownBy(() -> Evidence.of("a".repeat(33), METADATA))
        .hasMessageEndingWith("(expected: 1 to 32 characters of a-z 0-9 -)");
  }

  @Test
  void equals_everyPartCounts() {
    assertThat(caller("i-0abc"))
        .isEqualTo(caller("i-0abc"))
        .hasSameHashCodeAs(caller("i-0abc"))
        .isNotEqualTo(caller("i-0abd"))
        .isNotEqualTo(Caller.of(ROLE, caller("i-0abc").evidence(), LAPSE.plusSeconds(1)))
        .isNotEqualTo(
            other(IamRole.of("arn:aws:iam::111122223333:role/checkout", "AROAEXAMPLE000000002")))
        .isNotEqualTo(
            other(IamRole.of("arn:aws-cn:iam::111122223333:role/checkout", "AROAEXAMPLE000000001")))
        .isNotEqualTo(
            Caller.of(
                ROLE,
                Evidence.ofSession("aws-iam", Evidence.Carrier.PEER_CERTIFICATE, "i-0abc"),
                LAPSE));
  }

  @Test
  void role_ofAnApiClient_isEmpty() {
    assertThat(caller("i-0abc").role()).contains(ROLE);
    assertThat(other(new ApiClient("ci")).role()).isEmpty();
  }

  @Test
  void carrier_hasTheWordOfTheRecords() {
    assertThat(Evidence.Carrier.CALL_METADATA.label()).isEqualTo("call_metadata");
    assertThat(Evidence.Carrier.CLIENT_CERTIFICATE.label()).isEqualTo("client_certificate");
    assertThat(Evidence.Carrier.PEER_CERTIFICATE.label()).isEqualTo("attested_certificate");
  }

  @Test
  void evidence_whereTheVerifierNamesNoCredential_hasNone() {
    assertThat(caller("i-0abc").evidence().credentialId()).isEmpty();
    assertThat(caller("i-0abc").evidence().facts()).isEmpty();
  }

  @Test
  void evidence_withACredential_keepsTheSession() {
    List<Fact> facts = List.of(new Fact("region", "Region", "eu-west-1"));
    Evidence evidence = caller("i-0abc").evidence().with("ASIAEXAMPLE000000001", facts);

    assertThat(evidence.sessionName()).contains("i-0abc");
    assertThat(evidence.credentialId()).contains("ASIAEXAMPLE000000001");
    assertThat(evidence.facts()).isEqualTo(facts);
  }

  private static Caller caller(String sessionName) {
    return Caller.of(ROLE, Evidence.ofSession("aws-iam", METADATA, sessionName), LAPSE);
  }

  private static Caller other(Principal principal) {
    return Caller.of(principal, caller("i-0abc").evidence(), LAPSE);
  }
}
