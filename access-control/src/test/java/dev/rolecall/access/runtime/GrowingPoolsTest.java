package dev.rolecall.access.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The pools of starts and of ends, which grow with their tasks. */
@Tag("attack")
final class GrowingPoolsTest {

  @Test
  void pools_areBoundedNamedDaemons_andShareNoThread() throws Exception {
    RuntimeThreads threads = RuntimeThreads.of(null, null, null, null);
    try {
      assertThat(namesOf(threads.application(), 2 * RuntimeThreads.MOST_STARTS))
          .hasSizeLessThanOrEqualTo(RuntimeThreads.MOST_STARTS)
          .allMatch(name -> name.startsWith("rolecall-start-"));
      assertThat(namesOf(threads.ends(), 2 * RuntimeThreads.MOST_ENDS))
          .hasSizeLessThanOrEqualTo(RuntimeThreads.MOST_ENDS)
          .allMatch(name -> name.startsWith("rolecall-end-"));
    } finally {
      threads.close();
    }
    Executor starts = threads.application();
    assertThatThrownBy(() -> starts.execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class);
  }

  /** The threads of so many tasks, the first of which wait until as many are there as can be. */
  private static Set<String> namesOf(Executor executor, int tasks) throws Exception {
    Set<String> names = ConcurrentHashMap.newKeySet();
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(tasks);
    for (int i = 0; i < tasks; i++) {
      executor.execute(
          () -> {
            assertThat(Thread.currentThread().isDaemon()).isTrue();
            names.add(Thread.currentThread().getName());
            awaitThat(release);
            done.countDown();
          });
    }
    release.countDown();
    assertThat(done.await(2, TimeUnit.MINUTES)).isTrue();
    return names;
  }

  private static void awaitThat(CountDownLatch latch) {
    try {
      latch.await(2, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
