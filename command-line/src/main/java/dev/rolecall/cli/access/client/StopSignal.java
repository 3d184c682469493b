package dev.rolecall.cli.access.client;

import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The user's wish to end a command that waits: Ctrl-C, SIGTERM, or an interrupt of its thread. The
 * calls of the command are cancelled then, so that the service forgets them.
 */
public final class StopSignal implements AutoCloseable {

  private final CountDownLatch stopped = new CountDownLatch(1);
  private final CancellableContext context = Context.current().withCancellation();
  private final Thread hook = new Thread(this::stop, "rolecall-stop");

  /** Listens from now on, until it is closed. */
  public StopSignal() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void stop() {
    stopped.countDown();
    context.cancel(null);
  }

  /** Whether the wish has been heard. */
  public boolean isGiven() {
    return stopped.getCount() == 0 || Thread.currentThread().isInterrupted();
  }

  /**
   * Does something whose calls are cancelled by the signal.
   *
   * @throws Exception what it throws
   */
  public <T> T heard(Callable<T> work) throws Exception {
    return context.call(work);
  }

  /** Waits for that long, or until the signal. */
  public void pause(Duration time) {
    try {
      var unused = stopped.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    context.cancel(null);
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process ends already, and the hook has done its work.
    }
  }
}
