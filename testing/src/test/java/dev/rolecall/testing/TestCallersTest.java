package dev.rolecall.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.guard.CurrentCaller;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.MethodPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TestCallersTest {

  private static final String CHECKOUT = "arn:aws:iam::111122223333:role/checkout";

  @Test
  void role_isMatchedByItsPattern_whateverThePath() {
    Caller caller = TestCallers.role("arn:aws:iam::111122223333:role/shop/checkout");

    assertThat(caller.principal().text()).isEqualTo(CHECKOUT);
    assertThat(PrincipalPattern.parse(CHECKOUT).matches(caller)).isTrue();
    assertThat(PrincipalPattern.parse("arn:aws:iam::999988887777:*").matches(caller)).isFalse();
    assertThat(caller).hasToString("arn:aws:sts::111122223333:assumed-role/checkout/test");
  }

  @Test
  void role_ofOneArn_isOnePrincipal_andOfTwoIsTwo() {
    assertThat(TestCallers.role(CHECKOUT)).isEqualTo(TestCallers.role(CHECKOUT));
    assertThat(TestCallers.role(CHECKOUT).role().orElseThrow().id())
        .isNotEqualTo(TestCallers.role(CHECKOUT + "2").role().orElseThrow().id());
  }

  @Test
  void role_ofAnotherArn_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TestCallers.role("arn:aws:iam::111122223333:user/alice"))
        .withMessageContaining("user/alice");
  }

  @Test
  void apiClient_isMatchedByItsPattern() {
    Caller caller = TestCallers.apiClient("ci");
    AccessPolicy policy =
        AccessPolicy.builder("orders").allow(PrincipalPattern.parse("key:ci"), "/o.O/*").build();

    assertThat(caller).hasToString("key:ci");
    assertThat(policy.decide(caller, MethodPath.parse("/o.O/Get")).isAllowed()).isTrue();
    assertThatIllegalArgumentException().isThrownBy(() -> TestCallers.apiClient("key:ci"));
  }

  @Test
  void runAs_hasTheCallerForThatCodeAlone() {
    Caller caller = TestCallers.role(CHECKOUT);
    List<Caller> seen = new ArrayList<>();

    TestCallers.runAs(caller, () -> seen.add(CurrentCaller.get()));

    assertThat(seen).containsExactly(caller);
    assertThat(CurrentCaller.find()).isEqualTo(Optional.empty());
  }

  @Test
  void callAs_returnsAndThrowsAsTheCodeDoes() throws Exception {
    Caller caller = TestCallers.apiClient("ci");

    assertThat(TestCallers.callAs(caller, CurrentCaller::get)).isEqualTo(caller);
    assertThatThrownBy(
            () ->
                TestCallers.callAs(
                    caller,
                    () -> {
                      throw new IOException("handler");
                    }))
        .isExactlyInstanceOf(IOException.class);
    assertThat(CurrentCaller.find()).isEmpty();
  }
}
