package dev.rolecall.guard;

import static dev.rolecall.guard.Refusals.assertRefusal;
import static dev.rolecall.guard.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rolecall.access.AuditRules;
import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.access.audit.AuditOutcome;
import dev.rolecall.identity.RefusalReason;
import io.grpc.stub.ServerCalls;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Calls that arrive while the guard closes. */
@Tag("attack")
final class ClosingGuardTest {

  private static final String GOOD = "rolecall-v1~good";

  @Test
  void close_refusesCalls_beforeItClosesWhatItOwns() {
    try (GuardedServer server = answering(options -> options)) {
      server.scheme.answer(GOOD, GuardedServer.verified());
      CompletableFuture<Throwable> meanwhile = new CompletableFuture<>();
      server.guard.closeToo(
          () -> meanwhile.complete(catchThrowable(() -> server.unary("Bearer " + GOOD))));

      server.guard.close();

      assertRefusal(meanwhile.join(), RefusalReason.GUARD_CLOSED);
    }
  }

  @Test
  void callRecordedAsTheGuardCloses_isEndedAllTheSame() {
    CompletableFuture<CallGuard> guard = new CompletableFuture<>();
    AuditRules closing =
        AuditRules.ofDefaults()
            .on(AuditCondition.BOTH)
            .to(
                written -> {
                  if (written.outcome() instanceof AuditOutcome.Allowed) {
                    guard.join().close();
                  }
                });
    try (GuardedServer server = answering(options -> options.audit(closing))) {
      guard.complete(server.guard);
      server.scheme.answer(GOOD, GuardedServer.verified());

      assertRefused(() -> server.unary("Bearer " + GOOD), RefusalReason.GUARD_CLOSED);
    }
  }

  private static GuardedServer answering(UnaryOperator<CallGuardBuilder> options) {
    return GuardedServer.of(
        TestService.UNARY,
        ServerCalls.asyncUnaryCall(
            (request, answer) -> {
              answer.onNext("answer");
              answer.onCompleted();
            }),
        options);
  }
}
