package dev.rolecall.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.AuditRules;
import dev.rolecall.access.StreamLifetime;
import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.identity.Caller;
import dev.rolecall.policy.PolicySource;
import io.grpc.Context;
import io.opentelemetry.api.OpenTelemetry;
import org.junit.jupiter.api.Test;

/** Runs the snippets of this module's README. */
final class ReadmeSnippetsTest {

  @Test
  void guard_closesWhatItWasBuiltWith() {
    FakePolicies policies = new FakePolicies(GuardedServer.denyAll());

    try (CallGuard guard = guarded(policies, new FakeScheme(), OpenTelemetry.noop())) {
      assertThat(guard.access().isClosed()).isFalse();
    }
  }

  private static CallGuard guarded(PolicySource policies, Scheme scheme, OpenTelemetry telemetry) {
    // region guard
    CallGuard guard =
        CallGuard.builder(policies)
            .accept(scheme)
            .audit(AuditRules.ofDefaults().on(AuditCondition.BOTH))
            .streamLifetime(StreamLifetime.proof())
            .runtime(AccessRuntime.builder().openTelemetry(telemetry).build())
            .build();
    // endregion
    return guard;
  }

  @Test
  void handler_inAContextOfATest_hasThatCaller() throws Exception {
    Caller caller = GuardedServer.caller();

    // region handler
    Context asCaller = CurrentCaller.in(Context.current(), caller);
    Caller seen = asCaller.call(() -> CurrentCaller.get());
    // endregion

    assertThat(seen).isSameAs(caller);
  }
}
