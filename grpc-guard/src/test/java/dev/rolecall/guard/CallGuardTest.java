package dev.rolecall.guard;

import static dev.rolecall.guard.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.ErrorInfo;
import dev.rolecall.access.audit.AuditOutcome;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.RefusalReason;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.stub.ServerCalls;
import java.io.Closeable;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("attack")
class CallGuardTest {

  private static final String GOOD = "rolecall-v1~good";

  private final AtomicInteger started = new AtomicInteger();
  private final GuardedServer server =
      GuardedServer.of(
          TestService.UNARY,
          ServerCalls.asyncUnaryCall(
              (request, answer) -> {
                started.incrementAndGet();
                answer.onNext(CurrentCaller.get() + " on " + Thread.currentThread().getName());
                answer.onCompleted();
              }));

  @AfterEach
  void nothingIsLeftRunning() {
    server.close();
  }

  @Test
  void call_withoutAProof_isRefused() {
    assertRefused(() -> server.unary(), RefusalReason.CREDENTIAL_MISSING);
    assertThat(server.scheme.asked).isEmpty();
    assertThat(started).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer\trolecall-v1~good",
        "bearer rolecall-v1~good",
        "BEARER rolecall-v1~good",
        "Basic cm9sZWNhbGw6djE=",
        "rolecall-v1~good",
        " Bearer rolecall-v1~good",
      })
  void authorization_ofAnotherSpelling_isMalformed(String value) {
    server.scheme.answer(GOOD, GuardedServer.verified());

    assertRefused(() -> server.unary(value), RefusalReason.CREDENTIAL_MALFORMED);
    assertThat(server.scheme.asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " rolecall-v1~good", "rolecall-v1~good x", "rolecall-v1~good,Bearer x"})
  void textAfterTheScheme_isGivenToTheVerifierAsItIs(String text) {
    server.scheme.answer(GOOD, GuardedServer.verified());

    assertRefused(() -> server.unary("Bearer " + text), RefusalReason.ISSUER_REFUSED);
    assertThat(server.scheme.asked).containsExactly(text);
  }

  @ParameterizedTest
  @EnumSource
  void reasonOfTheVerifier_reachesTheClient_andNotTheHandler(RefusalReason reason) {
    server.scheme.answer("r", new Verification.Refused(reason));
    server.scheme.answer("u", new Verification.Unavailable(reason, Optional.empty()));

    assertRefused(() -> server.unary("Bearer r"), reason);
    assertRefused(() -> server.unary("Bearer u"), reason);
    assertThat(started).hasValue(0);
  }

  @Test
  void allowedCaller_isReadByTheHandler() {
    server.scheme.answer(GOOD, GuardedServer.verified());

    assertThat(server.unary("Bearer " + GOOD))
        .startsWith("arn:aws:sts::111122223333:assumed-role/checkout/i-0abc");
  }

  @Test
  void deniedCaller_isToldItsRoleAndTheMethod() {
    server.scheme.answer(GOOD, GuardedServer.verified());
    server.policies.changeSilently(GuardedServer.denyAll());

    ErrorInfo info =
        assertRefused(() -> server.unary("Bearer " + GOOD), RefusalReason.METHOD_NOT_ALLOWED);

    assertThat(info.getMetadataMap())
        .containsEntry("role", GuardedServer.ROLE.toString())
        .containsEntry("method", "test.v1.Echo/Unary")
        .containsEntry("scheme", "aws-iam")
        .hasSize(3);
    assertThat(started).hasValue(0);
  }

  @Test
  void knownProof_goesOnInline_withoutAskingAgain() {
    server.scheme.answer(GOOD, GuardedServer.verified());
    server.unary("Bearer " + GOOD);

    for (int i = 0; i < 10; i++) {
      assertThat(server.unary("Bearer " + GOOD)).endsWith(" on working");
    }

    assertThat(server.scheme.asked).containsExactly(GOOD);
  }

  @Test
  void knownProof_isHeldToThePolicyOfTheDay() {
    server.scheme.answer(GOOD, GuardedServer.verified());
    server.unary("Bearer " + GOOD);

    server.policies.changeSilently(GuardedServer.denyAll());

    assertRefused(() -> server.unary("Bearer " + GOOD), RefusalReason.METHOD_NOT_ALLOWED);
  }

  @Test
  void knownProof_asTheSecondOfTwo_isAmbiguous() {
    server.scheme.answer(GOOD, GuardedServer.verified());
    server.unary("Bearer " + GOOD);

    assertRefused(
        () -> server.unary("Bearer other", "Bearer " + GOOD), RefusalReason.CREDENTIALS_AMBIGUOUS);
    assertRefused(
        () -> server.unary("Bearer " + GOOD, "Bearer other"), RefusalReason.CREDENTIALS_AMBIGUOUS);
    assertRefused(
        () -> server.unary("Bearer " + GOOD, "Bearer " + GOOD),
        RefusalReason.CREDENTIALS_AMBIGUOUS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rolecall-v1~goo", "rolecall-v1~good~", "rolecall-v1~gooD"})
  void nearlyAKnownProof_isAnotherProof(String nearly) {
    server.scheme.answer(GOOD, GuardedServer.verified());
    server.unary("Bearer " + GOOD);

    assertRefused(() -> server.unary("Bearer " + nearly), RefusalReason.ISSUER_REFUSED);
    assertThat(server.scheme.asked).containsExactly(GOOD, nearly);
  }

  @Test
  void knownProof_thatLapses_isAskedAgain() {
    server.scheme.answer(GOOD, GuardedServer.verified());
    server.clock.advance(GuardedServer.PROOF_LIFE);
    server.unary("Bearer " + GOOD);
    server.unary("Bearer " + GOOD);
    assertThat(server.scheme.asked).hasSize(1);

    server.clock.advance(Duration.ofMillis(1));

    // The verifier's stale answer does not help it either.
    ErrorInfo info =
        assertRefused(() -> server.unary("Bearer " + GOOD), RefusalReason.CREDENTIAL_EXPIRED);
    assertThat(info.getMetadataMap()).containsEntry("serverTime", "2026-11-21T22:33:45Z");
    assertThat(server.scheme.asked).hasSize(2);
  }

  @Test
  void refusedProof_isNotRemembered() {
    assertRefused(() -> server.unary("Bearer " + GOOD), RefusalReason.ISSUER_REFUSED);

    server.scheme.answer(GOOD, GuardedServer.verified());

    assertThat(server.unary("Bearer " + GOOD)).contains("checkout");
  }

  @Test
  void verifierThatThrows_isADefect_andTheCallIsRefused() {
    server.scheme.hold("broken").completeExceptionally(new IllegalStateException("bug"));

    assertRefused(() -> server.unary("Bearer broken"), RefusalReason.DEFECT);
  }

  @Test
  void closedGuard_refuses_andSaysThatItIsTheGuard() {
    server.scheme.answer(GOOD, GuardedServer.verified());
    server.guard.close();

    assertRefused(() -> server.unary("Bearer " + GOOD), RefusalReason.GUARD_CLOSED);
    assertRefused(() -> server.unary(), RefusalReason.GUARD_CLOSED);
    assertThat(started).hasValue(0);
  }

  @Test
  void callAdmittedWhileTheGuardIsClosed_isEndedAllTheSame() {
    server.scheme.answer(GOOD, GuardedServer.verified());
    server.policies.whenRead = server.guard::close;

    assertRefused(() -> server.unary("Bearer " + GOOD), RefusalReason.GUARD_CLOSED);
  }

  @Test
  void policyThatCannotBeHad_isADefect_countedAndRecorded() {
    server.scheme.answer(GOOD, GuardedServer.verified());
    server.policies.failing = true;

    assertRefused(() -> server.unary("Bearer " + GOOD), RefusalReason.DEFECT);

    assertThat(server.records(1).get(0).outcome())
        .isEqualTo(new AuditOutcome.Refused(RefusalReason.DEFECT, Optional.empty()));
    assertThat(server.recorded.sum("rolecall.task.failures{task=call_decision}")).isEqualTo(1);
    assertThat(started).hasValue(0);
    server.policies.failing = false;
  }

  @Test
  void tasksOfTheGuard_areCountedFromZero() {
    assertThat(server.recorded.sums())
        .containsOnlyKeys(
            "rolecall.task.failures{task=call_decision}",
            "rolecall.task.failures{task=call_start}",
            "rolecall.task.failures{task=call_end}",
            "rolecall.task.failures{task=call_cancel}",
            "rolecall.task.failures{task=call_watch}",
            "rolecall.task.failures{task=decision_record}",
            "rolecall.task.failures{task=look_up}")
        .allSatisfy((name, sum) -> assertThat(sum).as(name).isZero());
  }

  @Test
  void decisions_areRecorded() {
    server.scheme.answer(GOOD, GuardedServer.verified());

    assertRefused(() -> server.unary(), RefusalReason.CREDENTIAL_MISSING);
    assertThat(server.records(1)).hasSize(1);
    server.unary("Bearer " + GOOD);

    assertThat(server.records(2)).hasSize(2);
    assertThat(server.records.get(0).caller()).isEmpty();
    assertThat(server.records.get(0).outcome())
        .isEqualTo(new AuditOutcome.Refused(RefusalReason.CREDENTIAL_MISSING, Optional.empty()));
    assertThat(server.records.get(1).caller()).contains(GuardedServer.caller());
    assertThat(server.records.get(1).method()).isEqualTo("test.v1.Echo/Unary");
    assertThat(server.records.toString()).doesNotContain(GOOD);
  }

  /** An interceptor outside the guard may have asked for it, and a proxy's holds a buffer. */
  @Test
  void messageOfARefusedCall_isClosed() {
    AtomicInteger closed = new AtomicInteger();
    MethodDescriptor.Marshaller<Closeable> none =
        new MethodDescriptor.Marshaller<>() {
          @Override
          public InputStream stream(Closeable message) {
            throw new UnsupportedOperationException();
          }

          @Override
          public Closeable parse(InputStream stream) {
            throw new UnsupportedOperationException();
          }
        };
    RecordingCall<Closeable, Closeable> call =
        new RecordingCall<>() {
          @Override
          public MethodDescriptor<Closeable, Closeable> getMethodDescriptor() {
            return MethodDescriptor.newBuilder(none, none)
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName("test.v1.Echo/Unary")
                .build();
          }
        };

    ServerCall.Listener<Closeable> listener =
        server.guard.interceptCall(
            call, new Metadata(), (admitted, headers) -> new ServerCall.Listener<>() {});
    listener.onMessage(closed::incrementAndGet);

    assertThat(call.operations).containsExactly("close UNAUTHENTICATED");
    assertThat(closed).hasValue(1);
  }

  @Test
  void incomingCall_asText_hasNothingOfItsHeaders() {
    Metadata headers = new Metadata();
    headers.put(AuthorizationHeader.KEY, ("Bearer " + GOOD).getBytes(StandardCharsets.US_ASCII));
    IncomingCall<String, String> incoming =
        new IncomingCall<>(
            new RecordingCall<>(),
            headers,
            (call, late) -> new ServerCall.Listener<>() {},
            server.guard.access().method("test.v1.Echo/Unary", true),
            server.guard.access().connection("192.0.2.1", Optional.empty(), null));

    assertThat(incoming).hasToString("IncomingCall[test.v1.Echo/Unary]");
  }

  @Test
  void caller_isReadAfterAHopThroughTheContext_andNotWithoutIt() {
    List<Optional<?>> seen = new CopyOnWriteArrayList<>();
    // Not the common pool, whose work may be done by whoever waits for it: the handler's thread.
    ExecutorService elsewhere = Executors.newSingleThreadExecutor();
    try (GuardedServer hopping =
        GuardedServer.of(
            TestService.UNARY,
            ServerCalls.asyncUnaryCall(
                (request, answer) -> {
                  Context context = Context.current();
                  CompletableFuture.runAsync(
                          context.wrap((Runnable) () -> seen.add(CurrentCaller.find())), elsewhere)
                      .thenRunAsync(() -> seen.add(CurrentCaller.find()), elsewhere)
                      .thenRun(
                          () -> {
                            answer.onNext("done");
                            answer.onCompleted();
                          })
                      .join();
                }))) {
      hopping.scheme.answer(GOOD, GuardedServer.verified());

      hopping.unary("Bearer " + GOOD);
    } finally {
      elsewhere.shutdown();
    }
    assertThat(seen).containsExactly(Optional.of(GuardedServer.caller()), Optional.empty());
  }
}
