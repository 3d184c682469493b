package dev.rolecall.guard;

import static dev.rolecall.guard.Refusals.assertRefusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rolecall.access.StreamLifetime;
import dev.rolecall.access.audit.AuditOutcome;
import dev.rolecall.access.audit.AuditRecord;
import dev.rolecall.access.audit.WouldHave;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import io.grpc.Status;
import io.grpc.stub.ServerCalls;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Calls over a transport that are admitted and recorded instead of refused. */
class AdmittedInsteadTest {

  private static final String GOOD = "Bearer good";

  private final EchoHandler handler = new EchoHandler();

  @Test
  void unaryCalls_thatWouldBeRefused_areAnsweredAndSeeTheirCallerWhereItIsKnown() {
    try (GuardedServer server = answering(GuardedServer.Setup.USUAL)) {
      server.scheme.answer("good", GuardedServer.verified());
      server.scheme.answer("bad", new Verification.Refused(RefusalReason.ISSUER_REFUSED));
      server.scheme.answer(
          "out", new Verification.Unavailable(RefusalReason.ISSUER_UNAVAILABLE, Optional.empty()));
      server.policies.change(GuardedServer.denyAll());

      assertThat(server.unary()).isEqualTo("unknown");
      assertThat(server.unary("Bearer bad")).isEqualTo("unknown");
      assertThat(server.unary("Bearer out")).isEqualTo("unknown");
      assertThat(server.unary(GOOD)).isEqualTo(GuardedServer.ROLE.toString());

      assertThat(reasons(server.records(4)))
          .containsExactly(
              "REFUSED CREDENTIAL_MISSING",
              "REFUSED ISSUER_REFUSED",
              "REFUSED ISSUER_UNAVAILABLE",
              "REFUSED METHOD_NOT_ALLOWED");
    }
  }

  @Test
  void stream_whoseProofLapsesAndWhosePolicyChanges_goesOnAndIsRecordedOnce() {
    try (GuardedServer server = streaming()) {
      server.scheme.answer("good", GuardedServer.verified());
      ClientEnd client = ClientEnd.start(server.sending(GOOD), TestService.BIDI).send("hello");
      assertThat(client.first()).isEqualTo("hello");

      server.clock.advance(GuardedServer.PROOF_LIFE.plus(StreamLifetime.DEFAULT_GRACE));
      server.scheduler.tick();
      server.scheduler.tick();
      server.policies.change(GuardedServer.denyAll());
      server.scheduler.tick();

      List<AuditRecord> records = server.records(2);
      server.awaitResumed();
      assertThat(server.records).hasSize(2);
      assertThat(records.get(1).caller()).map(Caller::principal).isPresent();
      assertThat(records.get(1).outcome())
          .isEqualTo(
              new AuditOutcome.AdmittedInstead(
                  WouldHave.ENDED, RefusalReason.CREDENTIAL_EXPIRED, Optional.empty()));
      client.send("still here").halfClose();
      assertThat(client.code()).isEqualTo(Status.Code.OK);
      assertThat(client.received).contains("still here");
    }
  }

  @Test
  void stream_admittedInsteadOfRefused_hasNoSecondRecordWhileItLives() {
    try (GuardedServer server = streaming()) {
      ClientEnd client = ClientEnd.start(server.sending(), TestService.BIDI).send("hello");
      assertThat(client.first()).isEqualTo("hello");
      server.scheduler.tick();
      server.policies.change(GuardedServer.denyAll());
      server.scheduler.tick();
      server.awaitResumed();

      assertThat(reasons(server.records)).containsExactly("REFUSED CREDENTIAL_MISSING");
      assertThat(client.isOver()).isFalse();
    }
  }

  @Test
  void closedGuard_endsTheStreamsThatItKept() {
    try (GuardedServer server = streaming()) {
      ClientEnd client = ClientEnd.start(server.sending(), TestService.BIDI).send("hello");
      assertThat(client.first()).isEqualTo("hello");

      server.guard.close();

      assertRefusal(client.end(), RefusalReason.GUARD_CLOSED);
    }
  }

  @Test
  void callsThatFindNoPlaceToWait_areAdmittedWhileTheOneBeforeThemWaits() {
    try (GuardedServer server =
        answering(
            GuardedServer.Setup.USUAL.guard(
                options -> options.admitAndRecordInsteadOfRefusing().maxSuspendedCalls(1)))) {
      CompletableFuture<Verification> slow = server.scheme.hold("slow");
      ClientEnd waiting =
          ClientEnd.start(server.sending("Bearer slow"), TestService.UNARY).send("x").halfClose();
      await().until(() -> server.hasAsked(1));
      var unused = server.scheme.hold("other");

      assertThat(server.unary("Bearer other")).isEqualTo("unknown");
      assertThat(reasons(server.records(1))).containsExactly("REFUSED TOO_MANY_LOOKUPS");
      slow.complete(GuardedServer.verified());
      assertThat(waiting.code()).isEqualTo(Status.Code.OK);
    }
  }

  @Test
  void callThatWaited_withoutAThreadToStartOn_isAdmittedOnAnother() {
    try (GuardedServer server =
        answering(
            GuardedServer.Setup.USUAL
                .guard(CallGuardBuilder::admitAndRecordInsteadOfRefusing)
                .runtime(
                    options ->
                        options.applicationExecutor(
                            task -> {
                              throw new RejectedExecutionException("full");
                            })))) {
      CompletableFuture<Verification> good = server.scheme.hold("good");
      ClientEnd waiting =
          ClientEnd.start(server.sending(GOOD), TestService.UNARY).send("x").halfClose();
      await().until(() -> server.hasAsked(1));
      good.complete(GuardedServer.verified());

      assertThat(waiting.first()).isEqualTo("unknown");
      assertThat(waiting.code()).isEqualTo(Status.Code.OK);
      assertThat(reasons(server.records(1))).containsExactly("REFUSED TOO_MANY_LOOKUPS");
    }
  }

  private static List<String> reasons(List<AuditRecord> records) {
    return records.stream()
        .map(
            each ->
                each.outcome() instanceof AuditOutcome.AdmittedInstead instead
                    ? instead.wouldHave() + " " + instead.reason()
                    : each.outcome().toString())
        .toList();
  }

  private GuardedServer streaming() {
    return GuardedServer.of(
        TestService.BIDI, handler, CallGuardBuilder::admitAndRecordInsteadOfRefusing);
  }

  /** A server that admits every call, unless the setup says otherwise, and answers its caller. */
  private static GuardedServer answering(GuardedServer.Setup setup) {
    return GuardedServer.of(
        TestService.UNARY,
        ServerCalls.asyncUnaryCall(
            (request, answer) -> {
              answer.onNext(
                  CurrentCaller.find().map(it -> it.principal().text()).orElse("unknown"));
              answer.onCompleted();
            }),
        setup.equals(GuardedServer.Setup.USUAL)
            ? setup.guard(CallGuardBuilder::admitAndRecordInsteadOfRefusing)
            : setup);
  }
}
