package dev.rolecall.cli.server;

import io.grpc.Server;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a serving process alive until SIGTERM or Ctrl-C, then stops what it served before the
 * process ends.
 */
public final class RunUntilStopped {

  /** The time that calls have to end by themselves. */
  private static final Duration DRAIN = Duration.ofSeconds(5);

  private RunUntilStopped() {}

  /** Waits; the server takes no more calls then, and those under way may end within 5 seconds. */
  public static void serving(Server server) {
    serving(() -> stop(server));
  }

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

  /** Stops a server: it takes no more calls, and those under way may end within 5 seconds. */
  public static void stop(Server server) {
    server.shutdown();
    try {
      if (!server.awaitTermination(DRAIN.toSeconds(), TimeUnit.SECONDS)) {
        server.shutdownNow();
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
