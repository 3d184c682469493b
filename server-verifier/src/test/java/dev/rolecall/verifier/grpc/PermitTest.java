package dev.rolecall.verifier.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.RuleName;
import dev.rolecall.verifier.audit.AuditCondition;
import io.grpc.MethodDescriptor;
import io.opentelemetry.api.common.Attributes;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PermitTest {

  private static final CalledMethods METHODS = new CalledMethods(AuditCondition.ON_DENY, Map.of());

  private final AccessPolicy policy = GuardedServer.allowAll();
  private final KnownCaller caller = new KnownCaller(GuardedServer.caller(), GuardTime.NEVER);
  private final CalledMethod unary = METHODS.of(TestService.UNARY);
  private final CalledMethod bidi = METHODS.of(TestService.BIDI);

  @Test
  void permit_isForItsMethodAndItsPolicyAlone() {
    Permit permit = permit(TestService.UNARY);
    caller.hold(permit);

    assertThat(caller.permit(unary, policy)).isSameAs(permit);
    assertThat(caller.permit(bidi, policy)).isNull();
    // Equal in content, and yet another: it may have come after one that denied.
    assertThat(caller.permit(unary, GuardedServer.allowAll())).isNull();
  }

  @Test
  void eachMethod_hasItsOwnPermit() {
    Permit ofUnary = permit(TestService.UNARY);
    Permit ofBidi = permit(TestService.BIDI);
    caller.hold(ofUnary);
    caller.hold(ofBidi);

    assertThat(caller.permit(unary, policy)).isSameAs(ofUnary);
    assertThat(caller.permit(bidi, policy)).isSameAs(ofBidi);
  }

  @Test
  void methodsThatShareASlot_takeTurns_andAreNeverTakenForEachOther() {
    CalledMethod sharing =
        new CalledMethod(
            "test.v1.Echo/Other",
            unary.path(),
            "other",
            AuditCondition.ON_DENY,
            unary.number() + 16);
    caller.hold(permit(TestService.UNARY));
    assertThat(caller.permit(sharing, policy)).isNull();

    Permit ofSharing = permit(sharing);
    caller.hold(ofSharing);

    assertThat(caller.permit(sharing, policy)).isSameAs(ofSharing);
    assertThat(caller.permit(unary, policy)).isNull();
  }

  private Permit permit(MethodDescriptor<?, ?> method) {
    return permit(METHODS.of(method));
  }

  private Permit permit(CalledMethod method) {
    return new Permit(policy, admission(method), RuleName.parse("r"), Attributes.empty());
  }

  static Admission admission(MethodDescriptor<?, ?> method) {
    return admission(METHODS.of(method));
  }

  private static Admission admission(CalledMethod method) {
    return new Admission(method, "p", GuardedServer.caller(), Long.MAX_VALUE, GuardTime.NEVER);
  }
}
