package dev.rolecall.cli.server;

import java.util.concurrent.CountDownLatch;

/**
 * Keeps a process that serves alive until it is told to stop (SIGTERM, Ctrl-C), then stops what it
 * served before the process ends.
 */
public final class RunUntilStopped {

  private RunUntilStopped() {}

  /** Waits; {@code stop} runs once, on SIGTERM or when this thread is interrupted. */
  public static void serving(Runnable stop) {
    CountDownLatch stopped = new CountDownLatch(1);
    Runnable once =
        () -> {
          synchronized (stopped) {
            if (stopped.getCount() > 0) {
              stop.run();
              stopped.countDown();
            }
          }
        };
    Thread hook = new Thread(once, "rolecall-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      once.run();
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }
}
