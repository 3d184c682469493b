package dev.rolecall.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The verified caller. */
final class CallerTest {

  private static final RoleArn ROLE = RoleArn.parse("arn:aws:iam::111122223333:role/team/checkout");
  private static final RoleId ID = RoleId.parse("AROAEXAMPLE000000001");
  private static final Instant LAPSE = Instant.parse("2026-11-21T22:33:45Z");

  @Test
  void toString_isTheArnAsStsWritesIt() {
    assertThat(caller("i-0abc"))
        .hasToString("arn:aws:sts::111122223333:assumed-role/checkout/i-0abc");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "a:b", "a b", "a\n", "\u00e9\u00e9", "*", "a*"})
  void confirmedBySts_noSessionName_isRefused(String name) {
    assertThatThrownBy(() -> caller(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("session name: ");
  }

  @Test
  void confirmedBySts_sessionNameAtAndOverItsLengths() {
    assertThat(caller("a").sessionName()).hasSize(1);
    assertThat(caller("a".repeat(64)).sessionName()).hasSize(64);
    assertThatThrownBy(() -> caller("a".repeat(65))).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void equals_everyPartCounts() {
    assertThat(caller("i-0abc"))
        .isEqualTo(caller("i-0abc"))
        .hasSameHashCodeAs(caller("i-0abc"))
        .isNotEqualTo(caller("i-0abd"))
        .isNotEqualTo(Caller.confirmedBySts(ROLE, "i-0abc", ID, LAPSE.plusSeconds(1)))
        .isNotEqualTo(
            Caller.confirmedBySts(ROLE, "i-0abc", RoleId.parse("AROAEXAMPLE000000002"), LAPSE))
        .isNotEqualTo(
            Caller.confirmedBySts(ROLE, "i-0abc", ID, LAPSE, CallerEvidence.ATTESTED_CERTIFICATE))
        .isNotEqualTo(
            Caller.confirmedBySts(
                RoleArn.parse("arn:aws-cn:iam::111122223333:role/checkout"), "i-0abc", ID, LAPSE));
  }

  private static Caller caller(String sessionName) {
    return Caller.confirmedBySts(ROLE, sessionName, ID, LAPSE);
  }

  @Test
  void evidence_whereNoneIsNamed_isACallsProof() {
    assertThat(caller("i-0abc").evidence()).isEqualTo(CallerEvidence.CALL_PROOF);
    assertThat(CallerEvidence.ATTESTED_CERTIFICATE.label()).isEqualTo("attested_certificate");
  }

  @Test
  void signer_whereTheVerifierNamesNone_isEmpty() {
    assertThat(caller("i-0abc").accessKeyId()).isEmpty();
    assertThat(caller("i-0abc").signedFor()).isEmpty();
  }
}
