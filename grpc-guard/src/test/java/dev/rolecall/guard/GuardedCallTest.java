package dev.rolecall.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Metadata;
import io.grpc.Status;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("attack")
class GuardedCallTest {

  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final RecordingCall<String, String> transport = new RecordingCall<>();
  private final GuardedCall<String, String> call =
      new GuardedCall<>(transport, Ends.on(tasks::add));
  private final AtomicInteger afterwards = new AtomicInteger();
  private Runnable middle = () -> {};

  @Test
  void operations_passThrough_untilTheEnd() {
    call.setCompression("gzip");
    call.setMessageCompression(true);
    call.sendHeaders(new Metadata());
    call.sendMessage("a");
    call.request(3);
    call.close(Status.OK, new Metadata());

    assertThat(transport.operations)
        .containsExactly(
            "compression", "message compression", "headers", "message a", "request 3", "close OK");
    assertThat(call.isCancelled()).isFalse();
  }

  @Test
  void end_dropsEveryOperationFromThenOn_andClosesOnTheExecutor() {
    call.end(ending());

    call.setCompression("gzip");
    call.setMessageCompression(true);
    call.sendHeaders(new Metadata());
    call.sendMessage("a");
    call.request(3);
    call.close(Status.OK, new Metadata());
    assertThat(call.isReady()).isFalse();
    assertThat(transport.operations).isEmpty();
    assertThat(afterwards).hasValue(0);

    runTasks();

    assertThat(transport.operations).containsExactly("close UNAUTHENTICATED");
    assertThat(call.forced()).isTrue();
    assertThat(call.isCancelled()).isTrue();
    assertThat(afterwards).hasValue(1);
  }

  @Test
  void end_onceTheHandlerHasClosed_doesNothing() {
    call.close(Status.OK, new Metadata());

    call.end(ending());
    runTasks();

    assertThat(transport.operations).containsExactly("close OK");
    assertThat(call.forced()).isFalse();
    assertThat(afterwards).hasValue(0);
  }

  @Test
  void end_afterEachOperation_stillClosesTheCall() {
    for (Consumer<GuardedCall<String, String>> operation :
        List.<Consumer<GuardedCall<String, String>>>of(
            each -> each.setCompression("gzip"),
            each -> each.setMessageCompression(true),
            each -> each.sendHeaders(new Metadata()),
            each -> each.sendMessage("a"))) {
      RecordingCall<String, String> below = new RecordingCall<>();
      GuardedCall<String, String> guarded = new GuardedCall<>(below, Ends.on(Runnable::run));

      operation.accept(guarded);
      guarded.end(ending());

      assertThat(below.operations).hasSize(2).endsWith("close UNAUTHENTICATED");
    }
  }

  @Test
  void end_afterTheHandlersCloseThrew_closesTheCall() {
    RecordingCall<String, String> failing =
        new RecordingCall<>() {
          @Override
          public void close(Status status, Metadata trailers) {
            if (status.isOk()) {
              throw new IllegalStateException("no such trailers");
            }
            super.close(status, trailers);
          }
        };
    GuardedCall<String, String> guarded = new GuardedCall<>(failing, Ends.on(Runnable::run));

    assertThatThrownBy(() -> guarded.close(Status.OK, new Metadata()))
        .isInstanceOf(IllegalStateException.class);
    guarded.end(ending());

    assertThat(failing.operations).containsExactly("close UNAUTHENTICATED");
  }

  @Test
  void isCancelled_ofACancelledTransport_isTrue() {
    transport.cancelled = true;

    assertThat(call.isCancelled()).isTrue();
    assertThat(call.forced()).isFalse();
  }

  @Test
  void secondEnd_doesNothing() {
    call.end(ending());
    call.end(ending());
    runTasks();

    assertThat(transport.operations).containsExactly("close UNAUTHENTICATED");
    assertThat(afterwards).hasValue(1);
  }

  @Test
  void end_duringAnOperation_waitsForItWithoutAThread() {
    RecordingCall<String, String> slow =
        new RecordingCall<>() {
          @Override
          void during(String operation) {
            if (operation.startsWith("message")) {
              middle.run();
            }
          }
        };
    GuardedCall<String, String> guarded = new GuardedCall<>(slow, Ends.on(tasks::add));
    middle =
        () -> {
          guarded.end(ending());
          assertThat(tasks).isEmpty();
          guarded.sendMessage("dropped");
        };

    guarded.sendMessage("a");
    runTasks();

    assertThat(slow.operations).containsExactly("message a", "close UNAUTHENTICATED");
  }

  @Test
  void callGivenUpToGrpc_isNotClosedHere() {
    assertThat(call.giveUp()).isTrue();

    call.end(ending());
    call.sendMessage("a");
    runTasks();

    assertThat(transport.operations).isEmpty();
    assertThat(call.giveUp()).isTrue();
  }

  @Test
  void endedCall_isNotGivenUp() {
    call.end(ending());

    assertThat(call.giveUp()).isFalse();
  }

  @Test
  void executorThatTakesNoWork_doesNotLoseTheEnd() {
    GuardedCall<String, String> guarded =
        new GuardedCall<>(
            transport,
            Ends.on(
                task -> {
                  throw new RejectedExecutionException("shut down");
                }));

    guarded.end(ending());

    assertThat(transport.operations).containsExactly("close UNAUTHENTICATED");
  }

  @Test
  void transportThatIsClosedAlready_stillHasTheHandlerTold() {
    GuardedCall<String, String> guarded =
        new GuardedCall<>(
            new RecordingCall<>() {
              @Override
              public void close(Status status, Metadata trailers) {
                throw new IllegalStateException("call already closed");
              }
            },
            Ends.on(Runnable::run));

    guarded.end(ending());

    assertThat(afterwards).hasValue(1);
  }

  /**
   * The sender and the end, on two threads: no operation may meet another, none follows the end.
   */
  @Test
  void endAgainstSends_neverMeet() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      for (int round = 0; round < 2_000; round++) {
        RecordingCall<String, String> meeting = new RecordingCall<>();
        GuardedCall<String, String> guarded = new GuardedCall<>(meeting, Ends.on(threads));
        CompletableFuture<Void> over = new CompletableFuture<>();
        CyclicBarrier together = new CyclicBarrier(2);
        boolean handlerCloses = round % 3 == 0;
        CompletableFuture<Void> sending =
            CompletableFuture.runAsync(
                () -> {
                  meet(together);
                  guarded.sendHeaders(new Metadata());
                  for (int i = 0; i < 20; i++) {
                    guarded.sendMessage("m");
                  }
                  if (handlerCloses) {
                    guarded.close(Status.OK, new Metadata());
                  }
                },
                threads);
        CompletableFuture<Void> ending =
            CompletableFuture.runAsync(
                () -> {
                  meet(together);
                  guarded.end(
                      new ForcedEnd(
                          Status.UNAUTHENTICATED,
                          new Metadata(),
                          () -> {},
                          () -> over.complete(null),
                          false));
                },
                threads);
        sending.get(2, TimeUnit.MINUTES);
        ending.get(2, TimeUnit.MINUTES);
        if (!meeting.operations.contains("close OK")) {
          over.get(2, TimeUnit.MINUTES);
        }

        assertThat(meeting.collisions).hasValue(0);
        assertThat(meeting.operations.stream().filter(each -> each.startsWith("close"))).hasSize(1);
        assertThat(meeting.operations.get(meeting.operations.size() - 1)).startsWith("close");
      }
    } finally {
      threads.shutdown();
      assertThat(threads.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
    }
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(2, TimeUnit.MINUTES);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  private ForcedEnd ending() {
    return new ForcedEnd(
        Status.UNAUTHENTICATED, new Metadata(), () -> {}, afterwards::incrementAndGet, false);
  }
}
