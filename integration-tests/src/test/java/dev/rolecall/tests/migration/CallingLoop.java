package dev.rolecall.tests.migration;

import dev.rolecall.tests.fixture.EchoClient;
import dev.rolecall.testsupport.Termination;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A caller that calls some hundred times a second, until it is told to stop. */
final class CallingLoop {

  private static final long PAUSE_MILLIS = 5;

  private final String name;
  private final EchoClient client;
  private final AtomicLong answered = new AtomicLong();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final ScheduledExecutorService calls = Executors.newSingleThreadScheduledExecutor();

  private CallingLoop(String name, EchoClient client) {
    this.name = name;
    this.client = client;
  }

  static CallingLoop start(String name, EchoClient client) {
    CallingLoop loop = new CallingLoop(name, client);
    var unused =
        loop.calls.scheduleWithFixedDelay(loop::call, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    return loop;
  }

  private void call() {
    try {
      client.say("hello");
      answered.incrementAndGet();
    } catch (RuntimeException e) {
      failures.add(name + ": " + e.getMessage());
    }
  }

  /** How many calls were answered so far. */
  long answered() {
    return answered.get();
  }

  /** The calls that were not answered, each with its reason. */
  Queue<String> failures() {
    return failures;
  }

  /** Waits for the last answer. */
  void stop() {
    calls.shutdown();
    Termination.of("a caller", calls::awaitTermination);
  }
}
