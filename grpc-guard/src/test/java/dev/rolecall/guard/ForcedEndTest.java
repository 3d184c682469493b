package dev.rolecall.guard;

import static dev.rolecall.guard.Refusals.assertRefusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.ErrorInfo;
import dev.rolecall.access.StreamLifetime;
import dev.rolecall.access.audit.AuditOutcome;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.AccessPolicy;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("attack")
class ForcedEndTest {

  private static final String GOOD = "Bearer good";
  private static final Duration MILLI = Duration.ofMillis(1);

  private final EchoHandler handler = new EchoHandler();

  @Test
  void stream_isEndedOnceItsProofAndTheGraceAreOver_andNotBefore() {
    try (GuardedServer server = open()) {
      ClientEnd client = stream(server);
      server.clock.advance(
          GuardedServer.PROOF_LIFE.plus(StreamLifetime.DEFAULT_GRACE).minus(MILLI));
      server.scheduler.tick();
      client.send("still here");

      server.clock.advance(MILLI);
      server.scheduler.tick();

      ErrorInfo info = assertRefusal(client.end(), RefusalReason.CREDENTIAL_EXPIRED);
      assertThat(info.getMetadataMap()).containsEntry("serverTime", "2026-11-21T22:38:45Z");
      assertThat(handler.last()).isEqualTo("cancel");
      assertThat(handler.events).doesNotContain("complete");
      assertThat(server.records(2).get(1).outcome())
          .isEqualTo(new AuditOutcome.Ended(RefusalReason.CREDENTIAL_EXPIRED, Optional.empty()));
    }
  }

  @Test
  void endedStream_hasItsContextCancelled_forTheReason() {
    try (GuardedServer server = open()) {
      ClientEnd client = stream(server);
      Context context = handler.contexts.element();
      CompletableFuture<Status> cancelled = new CompletableFuture<>();
      context.addListener(
          ended -> cancelled.complete(Status.fromThrowable(ended.cancellationCause())),
          Runnable::run);

      lapse(server);

      assertRefusal(client.end(), RefusalReason.CREDENTIAL_EXPIRED);
      assertThat(cancelled.orTimeout(2, TimeUnit.MINUTES).join().getCode())
          .isEqualTo(Status.Code.UNAUTHENTICATED);
    }
  }

  @Test
  void changeOfPolicy_endsWhatItForbids_atOnce_andNothingElse() {
    try (GuardedServer server = open()) {
      ClientEnd client = stream(server);
      server.policies.change(GuardedServer.allowAll());
      assertThat(echoed(server, client, "still here")).isTrue();

      server.policies.change(
          AccessPolicy.builder("test")
              .deny(
                  "frozen",
                  List.of(RolePattern.parse(GuardedServer.ROLE.toString())),
                  "/test.v1.Echo/Bidi")
              .build());

      ErrorInfo info = assertRefusal(client.end(), RefusalReason.METHOD_NOT_ALLOWED);
      assertThat(info.getMetadataMap())
          .containsEntry("role", GuardedServer.ROLE.toString())
          .containsEntry("method", "test.v1.Echo/Bidi");
      assertThat(handler.last()).isEqualTo("cancel");
    }
  }

  @Test
  void policyThatCannotBeHad_endsNoStream() {
    try (GuardedServer server = open()) {
      ClientEnd client = stream(server);
      server.policies.failing = true;
      server.scheduler.tick();
      server.scheduler.tick();

      assertThat(echoed(server, client, "still here")).isTrue();
      server.policies.failing = false;
    }
  }

  @Test
  void changeOfPolicy_whoseNewsIsLost_isFoundByTheNextWalk() {
    try (GuardedServer server = open()) {
      ClientEnd client = stream(server);
      server.policies.changeSilently(GuardedServer.denyAll());

      server.scheduler.tick();

      assertRefusal(client.end(), RefusalReason.METHOD_NOT_ALLOWED);
    }
  }

  @Test
  void changeOfPolicy_duringAWalk_isFollowedByAnotherWalk() {
    try (GuardedServer server = open()) {
      ClientEnd client = stream(server);
      AtomicInteger walks = new AtomicInteger();
      // Listeners read it too, and are no walk.
      AtomicBoolean telling = new AtomicBoolean();
      server.policies.whenRead =
          () -> {
            // The walk has begun; what it read of the policy is old by the time it visits the call.
            if (!telling.get() && walks.incrementAndGet() == 1) {
              telling.set(true);
              server.policies.listeners.forEach(Runnable::run);
              telling.set(false);
            }
          };

      server.scheduler.tick();

      assertThat(walks).hasValue(2);
      server.policies.whenRead = () -> {};
      assertThat(echoed(server, client, "still here")).isTrue();
    }
  }

  @Test
  void publicStream_endsOnlyWhenTheMethodIsNoLongerPublic() {
    try (GuardedServer server = GuardedServer.of(TestService.OPEN, handler)) {
      ClientEnd client = ClientEnd.start(server.sending(), TestService.OPEN).send("a");
      assertThat(client.first()).isEqualTo("a");
      assertThat(handler.callers).containsOnly(Optional.empty());
      server.clock.advance(Duration.ofDays(1));
      server.scheduler.tick();
      assertThat(echoed(server, client, "a day later")).isTrue();
      server.policies.change(GuardedServer.allowAll());
      assertThat(echoed(server, client, "public still")).isTrue();

      server.policies.change(GuardedServer.denyAll());

      assertRefusal(client.end(), RefusalReason.CREDENTIAL_MISSING);
    }
  }

  @Test
  void unaryCall_thatTakesTooLong_isEndedToo_andItsLateAnswerDropped() {
    CompletableFuture<ServerCall<String, String>> held = new CompletableFuture<>();
    CompletableFuture<String> last = new CompletableFuture<>();
    try (GuardedServer server =
        GuardedServer.of(
            TestService.UNARY,
            (call, headers) -> {
              call.request(2);
              held.complete(call);
              return new ServerCall.Listener<>() {
                @Override
                public void onCancel() {
                  last.complete("cancel");
                }

                @Override
                public void onComplete() {
                  last.complete("complete");
                }
              };
            })) {
      server.scheme.answer("good", GuardedServer.verified());
      ClientEnd client =
          ClientEnd.start(server.sending(GOOD), TestService.UNARY).send("a").halfClose();
      ServerCall<String, String> call = held.orTimeout(2, TimeUnit.MINUTES).join();
      assertThat(call.isReady()).isTrue();
      awaitLive(server, 1);

      lapse(server);

      assertRefusal(client.end(), RefusalReason.CREDENTIAL_EXPIRED);
      call.sendHeaders(new Metadata());
      call.sendMessage("too late");
      call.close(Status.OK, new Metadata());
      assertThat(call.isReady()).isFalse();
      assertThat(call.isCancelled()).isTrue();
      assertThat(last.orTimeout(2, TimeUnit.MINUTES).join()).isEqualTo("cancel");
      assertThat(client.received).isEmpty();
    }
  }

  @Test
  void atMost_countsFromTheCallsStart() {
    try (GuardedServer server =
        GuardedServer.of(
            TestService.BIDI,
            handler,
            options -> options.streamLifetime(StreamLifetime.atMost(Duration.ofMinutes(1))))) {
      ClientEnd client = stream(server);
      server.clock.advance(Duration.ofMinutes(1).minus(MILLI));
      server.scheduler.tick();
      assertThat(client.isOver()).isFalse();

      server.clock.advance(MILLI);
      server.scheduler.tick();

      assertRefusal(client.end(), RefusalReason.CREDENTIAL_EXPIRED);
    }
  }

  @Test
  void unlimited_outlivesItsProof_butNotAChangeOfPolicy() {
    try (GuardedServer server =
        GuardedServer.of(
            TestService.BIDI,
            handler,
            options ->
                options.streamLifetime(StreamLifetime.unsafeUnlimitedAfterTheProofLapses()))) {
      ClientEnd client = stream(server);
      server.clock.advance(Duration.ofDays(400));
      server.scheduler.tick();
      assertThat(client.isOver()).isFalse();

      server.policies.change(GuardedServer.denyAll());

      assertRefusal(client.end(), RefusalReason.METHOD_NOT_ALLOWED);
    }
  }

  @Test
  void callThatWaitedForItsVerdict_isEndedLikeAnyOther() {
    try (GuardedServer server = open()) {
      var verdict = server.scheme.hold("slow");
      ClientEnd client = ClientEnd.start(server.sending("Bearer slow"), TestService.BIDI).send("a");
      verdict.complete(GuardedServer.verified());
      assertThat(client.first()).isEqualTo("a");

      lapse(server);

      assertRefusal(client.end(), RefusalReason.CREDENTIAL_EXPIRED);
      assertThat(handler.last()).isEqualTo("cancel");
    }
  }

  @Test
  void closingTheGuard_endsWhatItCanNoLongerWatch() {
    try (GuardedServer server = open()) {
      ClientEnd client = stream(server);

      server.guard.close();

      assertRefusal(client.end(), RefusalReason.GUARD_CLOSED);
      assertThat(server.records(2).get(1).outcome())
          .isEqualTo(new AuditOutcome.Ended(RefusalReason.GUARD_CLOSED, Optional.empty()));
    }
  }

  @Test
  void closingTheGuard_endsWhatItCanNoLongerWatch_whereThePolicysSourceThrows() {
    try (GuardedServer server = open()) {
      ClientEnd client = stream(server);
      server.policies.failAtTheEnd();

      server.guard.close();

      assertRefusal(client.end(), RefusalReason.GUARD_CLOSED);
      assertThat(server.policies.closes()).isEqualTo(1);
    }
  }

  @Test
  void completedCalls_areForgotten() {
    try (GuardedServer server = open()) {
      ClientEnd client = stream(server);
      assertThat(server.guard.liveCalls()).isEqualTo(1);

      client.halfClose();

      assertThat(handler.last()).isEqualTo("complete");
      assertThat(server.guard.liveCalls()).isZero();
    }
  }

  @Test
  void handlerThatFailsAfterTheEnd_changesNothing() {
    CompletableFuture<ServerCall<String, String>> held = new CompletableFuture<>();
    CountDownLatch ended = new CountDownLatch(1);
    AtomicInteger failures = new AtomicInteger();
    try (GuardedServer server =
        GuardedServer.of(
            TestService.BIDI,
            (call, headers) -> {
              call.request(10);
              held.complete(call);
              return new ServerCall.Listener<>() {
                @Override
                public void onMessage(String message) {
                  await(ended);
                  failures.incrementAndGet();
                  throw new IllegalStateException("the stream it worked for is gone");
                }
              };
            })) {
      server.scheme.answer("good", GuardedServer.verified());
      ClientEnd client = ClientEnd.start(server.sending(GOOD), TestService.BIDI).send("a");
      held.orTimeout(2, TimeUnit.MINUTES).join();
      awaitLive(server, 1);

      lapse(server);
      assertRefusal(client.end(), RefusalReason.CREDENTIAL_EXPIRED);
      ended.countDown();
      client.cancel();
    }
    assertThat(failures.get()).isLessThanOrEqualTo(1);
  }

  @Test
  void handlerThatFails_isReportedByGrpc_asWithoutTheGuard() {
    try (GuardedServer server =
        GuardedServer.of(
            TestService.BIDI,
            (call, headers) -> {
              call.request(1);
              return new ServerCall.Listener<>() {
                @Override
                public void onMessage(String message) {
                  throw Status.DATA_LOSS.asRuntimeException();
                }
              };
            })) {
      server.scheme.answer("good", GuardedServer.verified());

      ClientEnd client = ClientEnd.start(server.sending(GOOD), TestService.BIDI).send("a");

      assertThat(client.code()).isEqualTo(Status.Code.UNKNOWN);
    }
  }

  @Test
  void handlerThatHoldsItsOwnLockWhileItSends_doesNotDeadlockWithTheEnd() {
    ReentrantLock own = new ReentrantLock();
    CompletableFuture<String> last = new CompletableFuture<>();
    try (GuardedServer server =
        GuardedServer.of(
            TestService.BIDI,
            (call, headers) -> {
              call.request(Integer.MAX_VALUE);
              call.sendHeaders(new Metadata());
              return new ServerCall.Listener<>() {
                @Override
                public void onMessage(String message) {
                  own.lock();
                  try {
                    call.sendMessage(message);
                  } finally {
                    own.unlock();
                  }
                }

                @Override
                public void onCancel() {
                  own.lock();
                  try {
                    last.complete("cancel");
                  } finally {
                    own.unlock();
                  }
                }
              };
            })) {
      for (int round = 0; round < 50; round++) {
        ClientEnd client = stream(server);
        CompletableFuture<Void> sender =
            CompletableFuture.runAsync(() -> sendUntilOver(client), server.resuming);

        server.policies.change(GuardedServer.denyAll());

        assertRefusal(client.end(), RefusalReason.METHOD_NOT_ALLOWED);
        sender.orTimeout(2, TimeUnit.MINUTES).join();
        server.policies.change(GuardedServer.allowAll());
      }
      assertThat(last.orTimeout(2, TimeUnit.MINUTES).join()).isEqualTo("cancel");
    }
  }

  @Test
  void manyStreams_endedWhileBothSidesSend_allSeeTheReason() {
    int streams = 100;
    AtomicInteger cancels = new AtomicInteger();
    AtomicInteger completions = new AtomicInteger();
    CountDownLatch over = new CountDownLatch(streams);
    try (GuardedServer server =
        GuardedServer.of(
            TestService.BIDI,
            (call, headers) -> {
              call.request(Integer.MAX_VALUE);
              call.sendHeaders(new Metadata());
              return new ServerCall.Listener<>() {
                @Override
                public void onMessage(String message) {
                  for (int i = 0; i < 20; i++) {
                    call.sendMessage(message);
                  }
                }

                @Override
                public void onCancel() {
                  cancels.incrementAndGet();
                  over.countDown();
                }

                @Override
                public void onComplete() {
                  completions.incrementAndGet();
                  over.countDown();
                }
              };
            })) {
      List<ClientEnd> clients = new ArrayList<>();
      for (int i = 0; i < streams; i++) {
        clients.add(stream(server));
      }
      CompletableFuture<Void> senders =
          CompletableFuture.runAsync(
              () -> clients.forEach(ForcedEndTest::sendUntilOver), server.resuming);

      lapse(server);

      for (ClientEnd client : clients) {
        assertRefusal(client.end(), RefusalReason.CREDENTIAL_EXPIRED);
      }
      senders.orTimeout(2, TimeUnit.MINUTES).join();
      await(over);
    }
    assertThat(cancels).hasValue(streams);
    assertThat(completions).hasValue(0);
  }

  private GuardedServer open() {
    return GuardedServer.of(TestService.BIDI, handler);
  }

  private static ClientEnd stream(GuardedServer server) {
    server.scheme.answer("good", GuardedServer.verified());
    ClientEnd client = ClientEnd.start(server.sending(GOOD), TestService.BIDI).send("hello");
    assertThat(client.first()).isEqualTo("hello");
    return client;
  }

  private static void lapse(GuardedServer server) {
    server.clock.advance(GuardedServer.PROOF_LIFE.plus(StreamLifetime.DEFAULT_GRACE));
    server.scheduler.tick();
  }

  /** Whether the handler still answers that message; false once the call is over. */
  private static boolean echoed(GuardedServer server, ClientEnd client, String message) {
    long giveUp = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    server.awaitResumed();
    server.awaitResumed();
    client.send(message);
    while (!client.received.contains(message) && !client.isOver() && System.nanoTime() < giveUp) {
      CompletableFuture.runAsync(() -> {}, server.workers()).join();
    }
    return client.received.contains(message);
  }

  private static void sendUntilOver(ClientEnd client) {
    for (int i = 0; i < 100_000 && !client.isOver(); i++) {
      client.send("more");
    }
  }

  private static void awaitLive(GuardedServer server, int calls) {
    long giveUp = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (server.guard.liveCalls() < calls && System.nanoTime() < giveUp) {
      CountDownLatch turn = new CountDownLatch(1);
      server.workers().execute(turn::countDown);
      await(turn);
    }
    assertThat(server.guard.liveCalls()).isEqualTo(calls);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(2, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
