package dev.rolecall.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

final class BatchesTest {

  private final List<String> counted = new ArrayList<>();
  private final Deque<CompletableFuture<Boolean>> begun = new ArrayDeque<>();
  private final Batches batches =
      new Batches(new Supervisor(new FailingLogger(), counted::add), "sweep", this::begin);

  private CompletionStage<Boolean> begin() {
    begun.add(new CompletableFuture<>());
    return begun.getLast();
  }

  @Test
  void wake_goesOnWhileThereIsMore() {
    batches.wake();
    begun.getLast().complete(true);
    assertThat(begun).hasSize(2);

    begun.getLast().complete(false);

    assertThat(begun).hasSize(2);
  }

  @Test
  void wakesDuringABatch_haveOneFollowIt() {
    batches.wake();
    batches.wake();
    batches.wake();
    assertThat(begun).hasSize(1);

    begun.getLast().complete(false);
    assertThat(begun).hasSize(2);
    begun.getLast().complete(false);

    assertThat(begun).hasSize(2);
  }

  @Test
  void wakeAfterTheRun_beginsAnother() {
    batches.wake();
    begun.getLast().complete(true);
    begun.getLast().complete(false);

    batches.wake();

    assertThat(begun).hasSize(3);
  }

  @Test
  void defect_isCounted_endsTheRun_andTheNextWakeBeginsAnother() {
    batches.wake();

    begun.getLast().completeExceptionally(new AssertionError());
    assertThat(counted).containsExactly("sweep");
    assertThat(begun).hasSize(1);
    batches.wake();

    assertThat(begun).hasSize(2);
  }

  @Test
  void batchThatThrows_isCounted_andTheNextWakeBeginsAnother() {
    Batches throwing =
        new Batches(
            new Supervisor(new FailingLogger(), counted::add),
            "forget",
            () -> {
              throw new IllegalStateException();
            });

    throwing.wake();
    throwing.wake();

    assertThat(counted).containsExactly("forget", "forget");
  }

  @Test
  void close_letsNoBatchBegin() {
    batches.wake();
    batches.wake();

    batches.close();
    assertThat(batches.isClosed()).isTrue();
    begun.getLast().complete(true);
    batches.wake();

    assertThat(begun).hasSize(1);
  }
}
