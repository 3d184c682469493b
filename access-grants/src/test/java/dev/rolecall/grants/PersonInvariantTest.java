package dev.rolecall.grants;

import static dev.rolecall.identity.RefusalReason.GRANT_REQUIRED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.IamRole;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Invariant I16: a grant of a person does not serve others who use the same role. */
final class PersonInvariantTest {

  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  private void grantToAlice() {
    bench.follow();
    bench.tell(bench.personGrant("g1", "alice@corp", Duration.ofHours(1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"alice@corp", "Alice@corp", "ALICE@CORP"})
  void i16_samePersonInAnyCase_isServed(String session) {
    grantToAlice();

    assertThat(bench.holding(Bench.caller(session)).isHeld()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bob@corp", "alice@corp.", "alice", "alice@corp2", "xalice@corp"})
  void i16_otherSessionOfTheRole_isNotServed(String session) {
    grantToAlice();

    assertThat(bench.holding(Bench.caller(session)).isHeld()).isFalse();
    assertThat(bench.holding(Bench.caller(session)).reason()).isEqualTo(GRANT_REQUIRED);
  }

  @Test
  void i16_callerWithoutSession_isNotServed() {
    grantToAlice();

    assertThat(
            bench
                .holding(
                    Bench.caller(
                        IamRole.of(Bench.ARN, Bench.ROLE), Optional.empty(), Optional.empty()))
                .isHeld())
        .isFalse();
  }

  @Test
  void i16_sameNameInAnotherRole_isNotServed() {
    grantToAlice();

    assertThat(
            bench
                .holding(
                    Bench.caller(
                        IamRole.of(Bench.ARN, "AROAEXAMPLEENGINEER2"),
                        Optional.of("alice@corp"),
                        Optional.empty()))
                .isHeld())
        .isFalse();
  }

  @Test
  void i16_grantOfTheRole_servesEachSession() {
    bench.follow();
    bench.tell(bench.roleGrant("g1", Duration.ofHours(1)));

    assertThat(bench.holding(Bench.caller("bob@corp")).isHeld()).isTrue();
    assertThat(bench.holding(Bench.caller("alice@corp")).isHeld()).isTrue();
  }
}
