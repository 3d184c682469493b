package dev.rolecall.guard;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.access.Refusal;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.RefusalReason;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import java.io.Closeable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Handlers that fail to start where gRPC sees it. It closes their calls, beside the guard. */
@Tag("attack")
final class CallStarterTest {

  private final Deque<Runnable> ends = new ArrayDeque<>();
  private final LiveCalls live = new LiveCalls();
  private final CallStarter starter =
      new CallStarter(Ends.on(ends::add), live, (call, changes) -> {}, AccessRuntime.ofDefaults());
  private final RecordingCall<Closeable, String> transport = new RecordingCall<>();

  private @Nullable AdmittedCall<Closeable> start(ServerCallHandler<Closeable, String> handler) {
    return starter.start(transport, new Metadata(), handler, GuardedServer.admission(), 0, true);
  }

  @Test
  void handlerThatFailsToStart_isSeenByGrpc_andSendsNothingBesideItsClose() {
    CompletableFuture<ServerCall<Closeable, String>> handedOn = new CompletableFuture<>();
    IllegalStateException bug = new IllegalStateException("a handler's bug");

    assertThatThrownBy(
            () ->
                start(
                    (call, headers) -> {
                      handedOn.complete(call);
                      throw bug;
                    }))
        .isInstanceOf(HandlerFailure.class)
        .hasCause(bug);
    handedOn.join().sendHeaders(new Metadata());
    handedOn.join().sendMessage("late");

    assertThat(transport.operations).isEmpty();
    assertThat(live.size()).isZero();
  }

  @Test
  void handlerThatFailsToStart_onceItsCallWasEnded_leavesTheCloseToThatEnd() {
    AtomicInteger discarded = new AtomicInteger();

    AdmittedCall<Closeable> listener =
        start(
            (call, headers) -> {
              live.snapshot()
                  .forEach(each -> each.end(Refusal.of(RefusalReason.GUARD_CLOSED), () -> {}));
              throw new IllegalStateException("a handler's bug");
            });
    ends.forEach(Runnable::run);

    assertThat(transport.operations).containsExactly("close UNAVAILABLE");
    requireNonNull(listener).onMessage(discarded::incrementAndGet);
    assertThat(discarded).hasValue(1);
    listener.onComplete();
    assertThat(live.size()).isZero();
  }
}
