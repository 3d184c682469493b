package dev.rolecall.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.access.internal.accept.Enforcement;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.condition.CallFacts;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("attack")
class CalledMethodsTest {

  private final ManualPolicies policies = new ManualPolicies(Checkout.allowAll());
  private final CalledMethods methods =
      new CalledMethods(
          AuditRules.ofDefaults()
              .on(AuditCondition.ON_DENY)
              .on(MethodPath.parse("/test.v1.Echo/Bidi"), AuditCondition.NONE),
          Enforcement.FULL.without("/test.v1.Echo/Chat", "/test.v1.Lax/*"),
          policies);

  @Test
  void registeredMethod_isLabelledByName_andOthersAreNot() {
    assertThat(methods.of(Checkout.UNARY, true).label()).isEqualTo("test.v1.Echo/Unary");
    assertThat(methods.of("any.Service/Thing", false).label()).isEqualTo("other");
  }

  @Test
  void unregisteredMethod_thatThePolicyListsByItsWholePath_isLabelledByName() {
    assertThat(methods.of("test.v1.Echo/Open", false).label()).isEqualTo("test.v1.Echo/Open");
    assertThat(methods.of(Checkout.UNARY, false).label()).isEqualTo("other");
  }

  @Test
  void unregisteredMethod_thatALaterPolicyLists_isLabelledFromThenOn() {
    String before = methods.of("test.v1.Late/Get", false).label();
    policies.change(AccessPolicy.builder("later").publicMethods("/test.v1.Late/Get").build());
    methods.policyChanged();

    assertThat(before).isEqualTo("other");
    assertThat(methods.of("test.v1.Late/Get", false).label()).isEqualTo("test.v1.Late/Get");
  }

  @Test
  void unregisteredMethod_ofAPolicyThatCannotBeRead_isLabelledOther() {
    policies.fail();

    assertThat(methods.of("test.v1.Echo/Open", false).label()).isEqualTo("other");
  }

  @Test
  void auditing_isTheMethodsOwn_orTheGeneralOne() {
    assertThat(methods.of(Checkout.UNARY, true).auditing()).isEqualTo(AuditCondition.ON_DENY);
    assertThat(methods.of(Checkout.BIDI, true).auditing()).isEqualTo(AuditCondition.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"noslash", "a/b/c", "a/*", "/b", "a/", "a /b", "\u017ft\u017f/b"})
  void nameThatNoPolicyCanList_isNobodysToCall(String name) {
    CalledMethod method = methods.of(name, false);

    assertThat(method.isPublicIn(Checkout.allowAll())).isFalse();
    assertThat(
            method.decide(Checkout.allowAll(), Checkout.caller(), CallFacts.unknown()).isAllowed())
        .isFalse();
  }

  @Test
  void namesThatPeersMakeUp_areBounded() {
    for (int i = 0; i < CalledMethods.CAPACITY + 10; i++) {
      assertThat(methods.of("any.Service/M" + i, false).fullName()).isEqualTo("any.Service/M" + i);
    }
    // One that found no place is worked out each time.
    String late = "any.Service/Late";
    assertThat(methods.of(late, false))
        .isEqualTo(methods.of(late, false))
        .isNotSameAs(methods.of(late, false));
  }
}
