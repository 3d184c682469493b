package dev.rolecall.guard;

import static dev.rolecall.guard.Refusals.assertRefusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.access.Outcome;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.RefusalReason;
import io.grpc.CallOptions;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.io.Closeable;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("attack")
class SuspendedCallTest {

  private static final String SLOW = "Bearer slow";

  /** A call has this long to reach the verifier, on a busy machine too. */
  private static final int DEADLINE_MILLIS = 1_000;

  private final EchoHandler handler = new EchoHandler();

  static Stream<MethodDescriptor<String, String>> kinds() {
    return Stream.of(TestService.UNARY, TestService.CLIENT, TestService.SERVER, TestService.BIDI);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void verdict_startsTheCall_withAllThatWasSentMeanwhile(MethodDescriptor<String, String> kind) {
    try (GuardedServer server = GuardedServer.of(kind, handler)) {
      CompletableFuture<Verification> verdict = server.scheme.hold("slow");
      ClientEnd client = ClientEnd.start(server.sending(SLOW), kind);
      boolean many = !kind.getType().clientSendsOneMessage();
      client.send(many ? new String[] {"a", "b", "c"} : new String[] {"abc"}).halfClose();
      assertThat(handler.events).isEmpty();

      verdict.complete(GuardedServer.verified());

      assertThat(client.code()).isEqualTo(Status.Code.OK);
      assertThat(String.join("", client.received)).isEqualTo("abc");
      assertThat(handler.last()).isEqualTo("complete");
      assertThat(handler.events).startsWith("start").endsWith("half-close", "complete");
      assertThat(handler.callers)
          .isNotEmpty()
          .allMatch(caller -> caller.equals(Optional.of(GuardedServer.caller())));
    }
  }

  @Test
  void emptyStream_isHalfClosedAfterTheVerdict() {
    try (GuardedServer server = GuardedServer.of(TestService.BIDI, handler)) {
      CompletableFuture<Verification> verdict = server.scheme.hold("slow");
      ClientEnd client = ClientEnd.start(server.sending(SLOW), TestService.BIDI).halfClose();

      verdict.complete(GuardedServer.verified());

      assertThat(client.code()).isEqualTo(Status.Code.OK);
      assertThat(handler.events).startsWith("start", "half-close");
    }
  }

  @Test
  void refusal_closesTheCall_andNeverStartsTheHandler() {
    try (GuardedServer server = GuardedServer.of(TestService.BIDI, handler)) {
      CompletableFuture<Verification> verdict = server.scheme.hold("slow");
      ClientEnd client = ClientEnd.start(server.sending(SLOW), TestService.BIDI).send("a");

      verdict.complete(new Verification.Refused(RefusalReason.ISSUER_REFUSED));

      assertRefusal(client.end(), RefusalReason.ISSUER_REFUSED);
      assertThat(handler.events).isEmpty();
    }
  }

  @Test
  void verdictWhoseProofLapsedWhileItWasAwaited_isARefusal() {
    try (GuardedServer server = GuardedServer.of(TestService.BIDI, handler)) {
      CompletableFuture<Verification> verdict = server.scheme.hold("slow");
      ClientEnd client = ClientEnd.start(server.sending(SLOW), TestService.BIDI).send("a");
      awaitAsked(server, 1);

      server.clock.advance(GuardedServer.PROOF_LIFE.plusMillis(1));
      verdict.complete(GuardedServer.verified());

      assertRefusal(client.end(), RefusalReason.CREDENTIAL_EXPIRED);
      assertThat(handler.events).isEmpty();
    }
  }

  @Test
  void verifierThatFails_isADefect() {
    try (GuardedServer server = GuardedServer.of(TestService.BIDI, handler)) {
      CompletableFuture<Verification> verdict = server.scheme.hold("slow");
      ClientEnd client = ClientEnd.start(server.sending(SLOW), TestService.BIDI);
      awaitAsked(server, 1);

      verdict.completeExceptionally(new IllegalStateException("bug"));

      assertRefusal(client.end(), RefusalReason.DEFECT);
    }
  }

  @Test
  void cancelledCall_isNeverStarted_andDoesNotCancelTheLookUp() {
    SeenCancels cancels = new SeenCancels();
    try (GuardedServer server = GuardedServer.behind(cancels, TestService.BIDI, handler)) {
      CompletableFuture<Verification> verdict = server.scheme.hold("slow");
      ClientEnd cancelled = ClientEnd.start(server.sending(SLOW), TestService.BIDI).send("a");
      ClientEnd patient =
          ClientEnd.start(server.sending(SLOW), TestService.BIDI).send("b").halfClose();
      awaitAsked(server, 2);

      cancelled.cancel();
      assertThat(cancelled.code()).isEqualTo(Status.Code.CANCELLED);
      cancels.await();
      assertThat(verdict).isNotDone();
      verdict.complete(GuardedServer.verified());

      assertThat(patient.code()).isEqualTo(Status.Code.OK);
      assertThat(patient.received).containsExactly("b");
      assertThat(handler.events).doesNotContain("message a");
      assertThat(handler.events.stream().filter("start"::equals)).hasSize(1);
    }
  }

  @Test
  void deadlineWhileSuspended_endsTheCall_andTheHandlerNeverStarts() {
    SeenCancels cancels = new SeenCancels();
    try (GuardedServer server = GuardedServer.behind(cancels, TestService.BIDI, handler)) {
      CompletableFuture<Verification> verdict = server.scheme.hold("slow");
      ClientEnd client =
          ClientEnd.start(
              server.sending(SLOW),
              TestService.BIDI,
              CallOptions.DEFAULT.withDeadlineAfter(DEADLINE_MILLIS, TimeUnit.MILLISECONDS));

      assertThat(client.code()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
      cancels.await();
      ClientEnd next = ClientEnd.start(server.sending(SLOW), TestService.BIDI).send("b");
      verdict.complete(GuardedServer.verified());

      assertThat(next.first()).isEqualTo("b");
      assertThat(handler.events.stream().filter("start"::equals)).hasSize(1);
    }
  }

  @Test
  void manySuspendedCalls_holdNoThread() {
    int calls = 200;
    try (GuardedServer server =
        GuardedServer.onOneThread(TestService.UNARY, handler, options -> options)) {
      CompletableFuture<Verification> verdict = server.scheme.hold("slow");
      List<ClientEnd> clients = new ArrayList<>();
      for (int i = 0; i < calls; i++) {
        clients.add(
            ClientEnd.start(server.sending(SLOW), TestService.UNARY).send("m" + i).halfClose());
      }
      awaitAsked(server, calls);
      // The one thread is free: another caller's call goes through.
      server.scheme.answer("quick", GuardedServer.verified());
      assertThat(server.unary("Bearer quick")).isEqualTo("hello");

      verdict.complete(GuardedServer.verified());

      for (int i = 0; i < calls; i++) {
        assertThat(clients.get(i).code()).isEqualTo(Status.Code.OK);
        assertThat(clients.get(i).received).containsExactly("m" + i);
      }
      // From now on the proof is known here.
      assertThat(server.unary(SLOW)).isEqualTo("hello");
      assertThat(server.scheme.asked).hasSize(calls + 1);
    }
  }

  @Test
  void limit_refusesWhatWouldBeTooMany_untilACallIsCancelledOrALookUpEnds() {
    try (GuardedServer server =
        GuardedServer.onOneThread(
            TestService.BIDI, handler, options -> options.maxSuspendedCalls(2))) {
      CompletableFuture<Verification> verdict = server.scheme.hold("slow");
      ClientEnd first = ClientEnd.start(server.sending(SLOW), TestService.BIDI).send("a");
      ClientEnd second = ClientEnd.start(server.sending(SLOW), TestService.BIDI).send("b");
      awaitAsked(server, 2);

      ClientEnd third = ClientEnd.start(server.sending(SLOW), TestService.BIDI);
      assertRefusal(third.end(), RefusalReason.TOO_MANY_LOOKUPS);
      second.cancel();
      assertThat(second.code()).isEqualTo(Status.Code.CANCELLED);
      CompletableFuture.runAsync(() -> {}, server.workers()).join();
      server.awaitResumed();
      ClientEnd fourth = ClientEnd.start(server.sending(SLOW), TestService.BIDI).send("d");
      awaitAsked(server, 4);

      verdict.complete(GuardedServer.verified());
      server.awaitResumed();
      assertThat(first.first()).isEqualTo("a");
      assertThat(fourth.first()).isEqualTo("d");
      CompletableFuture<Verification> slower = server.scheme.hold("slower");
      ClientEnd fifth =
          ClientEnd.start(server.sending("Bearer slower"), TestService.BIDI).send("e");
      ClientEnd sixth =
          ClientEnd.start(server.sending("Bearer slower"), TestService.BIDI).send("f");
      awaitAsked(server, 6);
      slower.complete(GuardedServer.verified());
      assertThat(fifth.first()).isEqualTo("e");
      assertThat(sixth.first()).isEqualTo("f");
    }
  }

  @Test
  void handlerThatFailsToStartLate_doesNotLeaveTheClientHanging() {
    try (GuardedServer server =
        GuardedServer.of(
            TestService.BIDI,
            (call, headers) -> {
              throw Status.DATA_LOSS.withDescription("no").asRuntimeException();
            })) {
      CompletableFuture<Verification> verdict = server.scheme.hold("slow");
      ClientEnd client = ClientEnd.start(server.sending(SLOW), TestService.BIDI).send("a");
      awaitAsked(server, 1);

      verdict.complete(GuardedServer.verified());

      assertThat(client.code()).isEqualTo(Status.Code.DATA_LOSS);
    }
  }

  @Test
  void handlerThatFailsAtAnEarlyEvent_doesNotLeaveTheClientHanging() {
    try (GuardedServer server =
        GuardedServer.of(
            TestService.BIDI,
            (call, headers) ->
                new ServerCall.Listener<>() {
                  @Override
                  public void onHalfClose() {
                    throw new IllegalStateException("a handler's bug");
                  }
                })) {
      CompletableFuture<Verification> verdict = server.scheme.hold("slow");
      ClientEnd client = ClientEnd.start(server.sending(SLOW), TestService.BIDI).halfClose();
      awaitAsked(server, 1);

      verdict.complete(GuardedServer.verified());

      assertThat(client.code()).isEqualTo(Status.Code.UNKNOWN);
    }
  }

  @Test
  void executorThatTakesNoWork_refusesTheCall() {
    try (GuardedServer server = GuardedServer.of(TestService.BIDI, handler)) {
      CompletableFuture<Verification> verdict = server.scheme.hold("slow");
      ClientEnd client = ClientEnd.start(server.sending(SLOW), TestService.BIDI).send("a");
      awaitAsked(server, 1);
      server.resuming.shutdown();

      verdict.complete(GuardedServer.verified());

      assertRefusal(client.end(), RefusalReason.TOO_MANY_LOOKUPS);
      assertThat(handler.events).isEmpty();
    }
  }

  @Test
  void messagesThatAnOuterInterceptorRequested_keepTheirOrder() {
    ServerInterceptor eager =
        new ServerInterceptor() {
          @Override
          public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
              ServerCall<ReqT, RespT> call, Metadata headers, ServerCallHandler<ReqT, RespT> next) {
            call.request(2);
            return next.startCall(call, headers);
          }
        };
    try (GuardedServer server = GuardedServer.behind(eager, TestService.BIDI, handler)) {
      CompletableFuture<Verification> verdict = server.scheme.hold("slow");
      ClientEnd client =
          ClientEnd.start(server.sending(SLOW), TestService.BIDI)
              .send("a", "b", "c", "d")
              .halfClose();
      awaitAsked(server, 1);

      verdict.complete(GuardedServer.verified());

      assertThat(client.code()).isEqualTo(Status.Code.OK);
      assertThat(client.received).containsExactly("a", "b", "c", "d");
    }
  }

  @Test
  void contextOfAnOuterInterceptor_isThereAtTheLateStart() {
    Context.Key<String> key = Context.key("outer");
    CompletableFuture<String> seen = new CompletableFuture<>();
    ServerInterceptor outer =
        new ServerInterceptor() {
          @Override
          public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
              ServerCall<ReqT, RespT> call, Metadata headers, ServerCallHandler<ReqT, RespT> next) {
            return Contexts.interceptCall(
                Context.current().withValue(key, "outer's value"), call, headers, next);
          }
        };
    try (GuardedServer server =
        GuardedServer.behind(
            outer,
            TestService.BIDI,
            (call, headers) -> {
              seen.complete(key.get());
              return handler.startCall(call, headers);
            })) {
      CompletableFuture<Verification> verdict = server.scheme.hold("slow");
      ClientEnd client = ClientEnd.start(server.sending(SLOW), TestService.BIDI).send("a");
      awaitAsked(server, 1);

      verdict.complete(GuardedServer.verified());

      assertThat(client.first()).isEqualTo("a");
      assertThat(seen).isCompletedWithValue("outer's value");
    }
  }

  @Test
  void messageThatWaited_isClosedWhenItsCallIsCancelled() {
    AtomicInteger closed = new AtomicInteger();
    Closeable message = closed::incrementAndGet;
    SuspendedCall<Closeable, String> suspended =
        new SuspendedCall<>(new RecordingCall<>(), (call, outcome) -> null, () -> {});
    suspended.onMessage(message);
    suspended.onMessage(message);

    suspended.onCancel();
    suspended.onMessage(message);

    assertThat(closed).hasValue(3);
  }

  @Test
  void cancelledCall_isNotHeldByItsLookUp() {
    AtomicInteger resumed = new AtomicInteger();
    AtomicInteger left = new AtomicInteger();
    SuspendedCall<String, String> suspended =
        new SuspendedCall<>(
            new RecordingCall<>(),
            (call, outcome) -> {
              resumed.incrementAndGet();
              return null;
            },
            left::incrementAndGet);

    suspended.onCancel();
    assertThat(left).hasValue(1);
    suspended.resume(GuardedServer::admission);

    assertThat(resumed).hasValue(0);
  }

  @Test
  void verdictOfACallThatTheTransportCancelled_startsNothingAndClosesItsMessages() {
    AtomicInteger resumed = new AtomicInteger();
    AtomicInteger closed = new AtomicInteger();
    Closeable message = closed::incrementAndGet;
    RecordingCall<Closeable, String> transport = new RecordingCall<>();
    SuspendedCall<Closeable, String> suspended =
        new SuspendedCall<>(
            transport,
            (call, outcome) -> {
              resumed.incrementAndGet();
              return null;
            },
            () -> {});
    suspended.onMessage(message);
    transport.cancelled = true;

    suspended.resume(GuardedServer::admission);

    assertThat(resumed).hasValue(0);
    assertThat(closed).hasValue(1);
  }

  @Test
  void messagesOfARefusedCall_areClosed_theLaterOnesToo() {
    AtomicInteger closed = new AtomicInteger();
    Closeable message = closed::incrementAndGet;
    SuspendedCall<Closeable, String> suspended =
        new SuspendedCall<>(new RecordingCall<>(), (call, outcome) -> null, () -> {});
    suspended.onMessage(message);

    suspended.resume(GuardedServer::admission);
    suspended.onMessage(message);

    assertThat(closed).hasValue(2);
  }

  @Test
  void resumptionThatThrows_isToldSoAndTheMessagesAreClosed() {
    AtomicInteger closed = new AtomicInteger();
    Closeable message = closed::incrementAndGet;
    List<Throwable> failures = new ArrayList<>();
    SuspendedCall<Closeable, String> suspended =
        new SuspendedCall<>(
            new RecordingCall<>(),
            new SuspendedCall.Resumption<>() {
              @Override
              public AdmittedCall<Closeable> resume(
                  ServerCall<Closeable, String> call, Supplier<Outcome> outcome) {
                throw new InternalError("a defect");
              }

              @Override
              public void failed(
                  ServerCall<Closeable, String> call,
                  @Nullable AdmittedCall<Closeable> started,
                  Throwable thrown) {
                failures.add(thrown);
              }
            },
            () -> {});
    suspended.onMessage(message);

    suspended.resume(GuardedServer::admission);
    suspended.onMessage(message);

    assertThat(failures).hasSize(1).first().isInstanceOf(InternalError.class);
    assertThat(closed).hasValue(2);
  }

  @Test
  void events_beforeAndAfterTheVerdict_reachTheHandlerInTheirOrder() {
    List<String> events = new ArrayList<>();
    SuspendedCall<String, String> suspended = resumedWith(listening(events));
    suspended.onReady();
    suspended.onMessage("a");

    suspended.resume(GuardedServer::admission);
    suspended.onReady();
    suspended.onMessage("b");
    suspended.onHalfClose();
    suspended.onComplete();

    assertThat(events)
        .containsExactly("ready", "message a", "ready", "message b", "half-close", "complete");
  }

  @Test
  void handlerThatThrowsOnceGrpcRunsItsEvents_isSeenByGrpc_andItsContextIsLeft() {
    ServerCall.Listener<String> failing =
        new ServerCall.Listener<>() {
          @Override
          public void onMessage(String message) {
            throw new IllegalStateException("a handler's bug");
          }

          @Override
          public void onHalfClose() {
            throw new IllegalStateException("a handler's bug");
          }

          @Override
          public void onComplete() {
            throw new IllegalStateException("a handler's bug");
          }
        };
    for (Consumer<SuspendedCall<String, String>> event :
        List.<Consumer<SuspendedCall<String, String>>>of(
            call -> call.onMessage("a"), SuspendedCall::onHalfClose, SuspendedCall::onComplete)) {
      SuspendedCall<String, String> suspended = resumedWith(failing);
      suspended.resume(GuardedServer::admission);

      assertThatThrownBy(() -> event.accept(suspended)).isInstanceOf(IllegalStateException.class);
      assertThat(Context.current()).isSameAs(Context.ROOT);
    }
  }

  @Test
  void handlerThatThrowsAtItsLastEvent_beforeTheHandOver_isNoDefectOfTheGuard() {
    List<Throwable> defects = new ArrayList<>();
    CompletableFuture<SuspendedCall<String, String>> cancelled = new CompletableFuture<>();
    ServerCall.Listener<String> failing =
        new ServerCall.Listener<>() {
          @Override
          public void onCancel() {
            throw new IllegalStateException("a handler's bug");
          }
        };
    SuspendedCall<String, String> suspended =
        new SuspendedCall<>(
            new RecordingCall<>(),
            new SuspendedCall.Resumption<>() {
              @Override
              public AdmittedCall<String> resume(
                  ServerCall<String, String> call, Supplier<Outcome> outcome) {
                cancelled.join().onCancel();
                return started(call, failing);
              }

              @Override
              public void failed(
                  ServerCall<String, String> call,
                  @Nullable AdmittedCall<String> started,
                  Throwable thrown) {
                defects.add(thrown);
              }
            },
            () -> {});
    cancelled.complete(suspended);

    suspended.resume(GuardedServer::admission);

    assertThat(defects).isEmpty();
    assertThat(Context.current()).isSameAs(Context.ROOT);
  }

  @Test
  void transportThatFailsAtTheHandOver_hasTheCallEndedAsADefect() {
    RecordingCall<String, String> transport =
        new RecordingCall<>() {
          @Override
          public void request(int numMessages) {
            throw new InternalError("a transport's defect");
          }
        };
    List<String> events = new ArrayList<>();
    SuspendedCall<String, String> suspended = resumedWith(listening(events), transport);
    suspended.onMessage("a");

    suspended.resume(GuardedServer::admission);
    suspended.onMessage("b");

    assertThat(transport.operations).containsExactly("close INTERNAL");
    assertThat(events).containsExactly("message a");
  }

  /** A call whose verdict starts a handler with that listener. */
  private static SuspendedCall<String, String> resumedWith(ServerCall.Listener<String> listener) {
    return resumedWith(listener, new RecordingCall<>());
  }

  private static SuspendedCall<String, String> resumedWith(
      ServerCall.Listener<String> listener, RecordingCall<String, String> transport) {
    return new SuspendedCall<>(
        transport,
        (call, outcome) -> {
          call.request(1);
          return started(call, listener);
        },
        () -> {});
  }

  /** An admitted call whose handler, with that listener, has started where gRPC does not see it. */
  private static AdmittedCall<String> started(
      ServerCall<String, String> call, ServerCall.Listener<String> listener) {
    AdmittedCall<String> started =
        new AdmittedCall<>(
            new GuardedCall<>(call, Ends.on(Runnable::run)),
            Context.current().withCancellation(),
            GuardedServer.admission(),
            new LiveCalls(),
            false);
    started.started(listener);
    return started;
  }

  private static ServerCall.Listener<String> listening(List<String> events) {
    return new ServerCall.Listener<>() {
      @Override
      public void onReady() {
        events.add("ready");
      }

      @Override
      public void onMessage(String message) {
        events.add("message " + message);
      }

      @Override
      public void onHalfClose() {
        events.add("half-close");
      }

      @Override
      public void onComplete() {
        events.add("complete");
      }
    };
  }

  /** It may live on for days, and its headers are as long as its credential. */
  @Test
  void callThatWentOn_holdsNothingOfItsWait() {
    List<Runnable> leave = new ArrayList<>(List.of(new Leaving()));
    WeakReference<Runnable> held = new WeakReference<>(leave.get(0));
    SuspendedCall<String, String> suspended =
        new SuspendedCall<>(new RecordingCall<>(), (call, outcome) -> null, leave.remove(0));

    suspended.resume(GuardedServer::admission);
    for (int i = 0; i < 100 && held.get() != null; i++) {
      System.gc();
    }

    assertThat(held.get()).isNull();
    // Until here it lives.
    suspended.onReady();
  }

  private static final class Leaving implements Runnable {
    @Override
    public void run() {}
  }

  /** Until so many calls have been asked about, which is on the server's thread, and wait. */
  static void awaitAsked(GuardedServer server, int calls) {
    long giveUp = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (!server.hasAsked(calls) && System.nanoTime() < giveUp) {
      CountDownLatch turn = new CountDownLatch(1);
      server.workers().execute(turn::countDown);
      try {
        turn.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    assertThat(server.hasAsked(calls)).isTrue();
  }
}
