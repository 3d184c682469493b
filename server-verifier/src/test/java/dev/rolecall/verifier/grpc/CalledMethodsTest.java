package dev.rolecall.verifier.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.policy.MethodPath;
import dev.rolecall.verifier.audit.AuditCondition;
import io.grpc.MethodDescriptor;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("attack")
class CalledMethodsTest {

  private final CalledMethods methods =
      new CalledMethods(
          AuditCondition.ON_DENY,
          Map.of(MethodPath.parse("/test.v1.Echo/Bidi"), AuditCondition.NONE));

  @Test
  void generatedMethod_isLabelledByName_andOthersAreNot() {
    assertThat(methods.of(TestService.UNARY).label()).isEqualTo("test.v1.Echo/Unary");
    assertThat(methods.of(madeUp("any.Service/Thing")).label()).isEqualTo("other");
  }

  @Test
  void auditing_isTheMethodsOwn_orTheGeneralOne() {
    assertThat(methods.of(TestService.UNARY).auditing()).isEqualTo(AuditCondition.ON_DENY);
    assertThat(methods.of(TestService.BIDI).auditing()).isEqualTo(AuditCondition.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"noslash", "a/b/c", "a/*", "/b", "a/", "a /b", "\u017ft\u017f/b"})
  void nameThatNoPolicyCanList_isNobodysToCall(String name) {
    CalledMethod method = methods.of(madeUp(name));

    assertThat(method.isPublicIn(GuardedServer.allowAll())).isFalse();
    assertThat(method.decide(GuardedServer.allowAll(), GuardedServer.caller()).isAllowed())
        .isFalse();
  }

  @Test
  void namesThatPeersMakeUp_areBounded() {
    for (int i = 0; i < CalledMethods.CAPACITY + 10; i++) {
      assertThat(methods.of(madeUp("any.Service/M" + i)).fullName()).isEqualTo("any.Service/M" + i);
    }
    // One that found no place is worked out each time.
    MethodDescriptor<String, String> late = madeUp("any.Service/Late");
    assertThat(methods.of(late)).isEqualTo(methods.of(late)).isNotSameAs(methods.of(late));
  }

  private static MethodDescriptor<String, String> madeUp(String name) {
    return TestService.UNARY.toBuilder()
        .setFullMethodName(name)
        .setSampledToLocalTracing(false)
        .build();
  }
}
