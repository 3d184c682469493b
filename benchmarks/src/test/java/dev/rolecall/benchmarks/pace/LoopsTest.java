package dev.rolecall.benchmarks.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LoopsTest {

  @Test
  void steadyCalls_doNotWaitForOneThatIsNotAnswered() throws InterruptedException {
    CompletableFuture<Status> late = new CompletableFuture<>();
    CountDownLatch further = new CountDownLatch(5);
    SteadyCalls calls =
        SteadyCalls.start(
            1_000,
            List.of(
                over -> {
                  further.countDown();
                  var unused = late.thenAccept(over);
                }));

    further.await();
    late.complete(Status.OK);

    assertThat(calls.stop().answered()).isGreaterThanOrEqualTo(5);
  }

  @Test
  void closedLoop_ofACallThatFails_isRefused() {
    assertThatThrownBy(
            () ->
                ClosedLoop.run(
                    List.of(over -> over.accept(Status.UNAVAILABLE)), Duration.ofMillis(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("UNAVAILABLE");
  }
}
