package dev.rolecall.tests.calls;

import dev.rolecall.testsupport.Termination;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The thread on which a verifier begins look-ups and takes up what STS answers. It begins one, and
 * then waits until it is let go: that look-up takes as long as the test wants, on a machine of any
 * speed.
 */
final class HeldAnswers implements Executor, AutoCloseable {

  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final AtomicBoolean begun = new AtomicBoolean();
  private final CountDownLatch going = new CountDownLatch(1);

  /** What has been answered is taken up, and so is from now on what will be. */
  void letGo() {
    going.countDown();
  }

  @Override
  public void execute(Runnable task) {
    thread.execute(begun.compareAndSet(false, true) ? () -> runAndHold(task) : task);
  }

  private void runAndHold(Runnable first) {
    first.run();
    try {
      going.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** After whatever gives it work. */
  @Override
  public void close() {
    letGo();
    thread.shutdown();
    Termination.of("the thread of answers", thread::awaitTermination);
  }
}
