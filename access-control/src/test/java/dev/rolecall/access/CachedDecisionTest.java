package dev.rolecall.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.access.internal.time.AccessTime;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.RuleName;
import io.opentelemetry.api.common.Attributes;
import java.util.List;
import org.junit.jupiter.api.Test;

class CachedDecisionTest {

  private static final CalledMethods METHODS = Checkout.methods(AuditCondition.ON_DENY);

  private final AccessPolicy policy = Checkout.allowAll();
  private final CachedCaller caller = new CachedCaller(Checkout.caller(), AccessTime.NEVER);
  private final CalledMethod unary = METHODS.of(Checkout.UNARY, true);
  private final CalledMethod bidi = METHODS.of(Checkout.BIDI, true);

  @Test
  void decision_isForItsMethodAndItsPolicyAlone() {
    CachedDecision decision = decision(unary);
    caller.hold(decision);

    assertThat(caller.decision(unary, policy)).isSameAs(decision);
    assertThat(caller.decision(bidi, policy)).isNull();
    // Equal in content, and yet another: it may have come after one that denied.
    assertThat(caller.decision(unary, Checkout.allowAll())).isNull();
  }

  @Test
  void eachMethod_hasItsOwnDecision() {
    CachedDecision ofUnary = decision(unary);
    CachedDecision ofBidi = decision(bidi);
    caller.hold(ofUnary);
    caller.hold(ofBidi);

    assertThat(caller.decision(unary, policy)).isSameAs(ofUnary);
    assertThat(caller.decision(bidi, policy)).isSameAs(ofBidi);
  }

  @Test
  void methodsThatShareASlot_takeTurns_andAreNeverTakenForEachOther() {
    CalledMethod sharing =
        new CalledMethod(
            "test.v1.Echo/Other",
            unary.path(),
            "other",
            AuditCondition.ON_DENY,
            unary.number() + 16,
            true);
    caller.hold(decision(unary));
    assertThat(caller.decision(sharing, policy)).isNull();

    CachedDecision ofSharing = decision(sharing);
    caller.hold(ofSharing);

    assertThat(caller.decision(sharing, policy)).isSameAs(ofSharing);
    assertThat(caller.decision(unary, policy)).isNull();
  }

  private CachedDecision decision(CalledMethod method) {
    return new CachedDecision(
        policy,
        Checkout.admission(method),
        List.of(new CachedDecision.Named(RuleName.parse("r"), Attributes.empty(), null)));
  }
}
