package dev.rolecall.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.verifier.internal.sts.FakeSts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server with several names, while it is renamed. */
final class AudiencesTest {

  private static Bench renamed() {
    return Bench.ofAudiences("orders", "orders-v2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"orders", "orders-v2"})
  void verify_proofForAnyOfTheNames_isAskedWithThatName(String audience) {
    try (Bench bench = renamed()) {
      bench.sts.then(FakeSts.checkout());
      assertThat(Bench.word(bench.verify(Proofs.forAudience(audience)))).isEqualTo("verified");
      assertThat(bench.sts.requests().get(0).headers())
          .containsEntry("x-rolecall-audience", audience);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"billing", "orders-v3", "orders-v", "v2"})
  void verify_proofForAnotherName_isRefusedUnasked(String audience) {
    try (Bench bench = renamed()) {
      assertThat(Bench.word(bench.verify(Proofs.forAudience(audience))))
          .isEqualTo("refused AUDIENCE_MISMATCH");
      assertThat(bench.sts.requests()).isEmpty();
    }
  }

  @Test
  void verify_afterTheRenaming_refusesTheOldName() {
    try (Bench bench = Bench.ofAudiences("orders-v2")) {
      assertThat(Bench.word(bench.verify(Proofs.forAudience("orders"))))
          .isEqualTo("refused AUDIENCE_MISMATCH");
    }
  }

  @Test
  void forAudience_firstOfSeveral_isTheOneInRecords() {
    assertThat(StsVerifier.forAudience("orders", "orders-v2").audience().name())
        .isEqualTo("orders");
  }

  @Test
  void forAudiences_noneOrMoreThanEight_isRefused() {
    assertThatThrownBy(() -> StsVerifier.forAudiences(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("audiences: 0 (expected: 1 to 8)");
    assertThatThrownBy(() -> StsVerifier.forAudience("a", "b", "c", "d", "e", "f", "g", "h", "i"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("audiences: 9 (expected: 1 to 8)");
  }

  @Test
  void forAudience_nameThatBreaksTheRule_isRefused() {
    assertThatThrownBy(() -> StsVerifier.forAudience("orders", "Orders"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Orders");
  }
}
