package dev.rolecall.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.RuleName;
import dev.rolecall.testsupport.ManualTime;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("attack")
class RefusalTest {

  @ParameterizedTest
  @EnumSource
  void callerWhoseClockIsWrong_isToldTheServers_andNobodyElse(RefusalReason reason) {
    Map<String, String> help =
        reason == RefusalReason.CREDENTIAL_EXPIRED
                || reason == RefusalReason.CREDENTIAL_NOT_YET_VALID
            ? Map.of("serverTime", "2026-11-21T22:18:45Z")
            : Map.of();

    assertThat(Refusal.of(reason, ManualTime.START).help()).isEqualTo(help);
    assertThat(Refusal.of(new Verification.Refused(reason), ManualTime.START).help())
        .isEqualTo(help);
    assertThat(Refusal.of(new Verification.Unavailable(reason, Optional.empty())).help()).isEmpty();
  }

  @Test
  void methodNotAllowed_namesTheCallersOwnRoleMethodAndScheme_butNotTheRule() {
    RuleName rule = RuleName.parse("frozen");

    Refusal refusal = Refusal.notAllowed(Checkout.caller(), Checkout.UNARY, Optional.of(rule));

    assertThat(refusal.help())
        .isEqualTo(
            Map.of(
                "role",
                "arn:aws:iam::111122223333:role/checkout",
                "method",
                "test.v1.Echo/Unary",
                "scheme",
                "aws-iam"));
    assertThat(refusal.rule()).contains(rule);
    assertThat(refusal.caller()).contains(Checkout.caller());
  }

  @Test
  void unavailable_saysHowLongToWait() {
    Duration wait = Duration.ofMillis(1_500);

    assertThat(
            Refusal.of(
                    new Verification.Unavailable(
                        RefusalReason.ISSUER_UNAVAILABLE, Optional.of(wait)))
                .retryAfter())
        .contains(wait);
  }
}
