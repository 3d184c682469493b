package dev.rolecall.guard;

import static dev.rolecall.guard.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.audit.AuditOutcome.ShadowDiffers;
import dev.rolecall.access.audit.AuditRecord;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import io.grpc.stub.ServerCalls;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Calls of a server with a second policy: nothing is done about what it would have done. */
@Tag("attack")
final class ShadowedCallsTest {

  private static final String GOOD = "rolecall-v1~good";
  private static final AccessPolicy DENIES =
      AccessPolicy.builder("denies")
          .deny(
              "no by shadow",
              List.of(RolePattern.parse(GuardedServer.ROLE.toString())),
              "/test.v1.Echo/*")
          .build();
  private static final AccessPolicy OPENS =
      AccessPolicy.builder("opens").publicMethods("/test.v1.Echo/*").build();

  @Test
  void shadowThatAllows_admitsNobody() {
    called(
        PolicySource.fixed(OPENS),
        server -> {
          server.policies.change(GuardedServer.denyAll());

          assertRefused(() -> server.unary("Bearer " + GOOD), RefusalReason.METHOD_NOT_ALLOWED);
          assertRefused(() -> server.unary(), RefusalReason.CREDENTIAL_MISSING);
        });
  }

  @Test
  void shadowThatDenies_refusesNobody() {
    called(
        PolicySource.fixed(DENIES),
        server -> {
          assertThat(server.unary("Bearer " + GOOD)).isEqualTo("answer");
          assertThat(server.unary("Bearer " + GOOD)).isEqualTo("answer");
          assertThat(server.records).filteredOn(ShadowedCallsTest::differs).hasSize(2);
        });
  }

  @Test
  void shadowThatThrows_affectsNoCall() {
    for (Supplier<AccessPolicy> broken :
        List.<Supplier<AccessPolicy>>of(
            () -> {
              throw new IllegalStateException("broken");
            },
            () -> {
              throw new StackOverflowError();
            })) {
      called(
          new BrokenSource(broken),
          server -> {
            assertThat(server.unary("Bearer " + GOOD)).isEqualTo("answer");
            server.policies.change(GuardedServer.denyAll());
            assertRefused(() -> server.unary("Bearer " + GOOD), RefusalReason.METHOD_NOT_ALLOWED);
            assertThat(server.records(2)).hasSize(2).noneMatch(ShadowedCallsTest::differs);
          });
    }
  }

  private static boolean differs(AuditRecord each) {
    return each.outcome() instanceof ShadowDiffers;
  }

  private interface Calls {
    void of(GuardedServer server);
  }

  private static void called(PolicySource shadow, Calls calls) {
    try (GuardedServer server =
        GuardedServer.of(
            TestService.UNARY,
            ServerCalls.asyncUnaryCall(
                (request, answer) -> {
                  answer.onNext("answer");
                  answer.onCompleted();
                }),
            options -> options.shadowPolicy(shadow))) {
      server.scheme.answer(GOOD, GuardedServer.verified());
      calls.of(server);
    }
  }

  private record BrokenSource(Supplier<AccessPolicy> broken) implements PolicySource {
    @Override
    public AccessPolicy current() {
      return broken.get();
    }

    @Override
    public Registration onChange(Runnable listener) {
      throw new AssertionError("nobody waits for the shadow's changes");
    }
  }
}
