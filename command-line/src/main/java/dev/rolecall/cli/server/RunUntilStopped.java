package dev.rolecall.cli.server;

import io.grpc.Server;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a serving process alive until SIGTERM or Ctrl-C, then stops what it served before the
 * process ends. Make it before you print the line that says what serves: a reader of that line may
 * stop the process at once.
 */
public final class RunUntilStopped {

  /** The time that calls have to end by themselves. */
  private static final Duration DRAIN = Duration.ofSeconds(5);

  private static final Duration FOREVER = Duration.ofDays(365);

  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Runnable stop;
  private final Thread hook = new Thread(this::stopOnce, "rolecall-stop");

  private RunUntilStopped(Runnable stop) {
    this.stop = stop;
  }

  /** From now on, the server takes no more calls when the process is stopped; see {@link #stop}. */
  public static RunUntilStopped with(Server server) {
    return with(() -> stop(server));
  }

  /** From now on, {@code stop} runs once when the process is stopped. */
  public static RunUntilStopped with(Runnable stop) {
    RunUntilStopped running = new RunUntilStopped(stop);
    Runtime.getRuntime().addShutdownHook(running.hook);
    return running;
  }

  /** Waits until the process is stopped, or this thread is interrupted, which stops too. */
  public void await() {
    while (!await(FOREVER)) {
      // Not yet.
    }
  }

  /**
   * The same for that time at most.
   *
   * @return whether it is stopped
   */
  public boolean await(Duration time) {
    try {
      return stopped.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopOnce();
      Runtime.getRuntime().removeShutdownHook(hook);
      return true;
    }
  }

  private synchronized void stopOnce() {
    if (stopped.getCount() > 0) {
      stop.run();
      stopped.countDown();
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
