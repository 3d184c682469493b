package dev.rolecall.tests.soak;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.rolecall.stsemulator.Fault;
import dev.rolecall.testsupport.Termination;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/** Injects faults again and again until it is stopped. It has a timer for itself. */
final class FaultInjector {

  private static final Duration AFTER_A_CUT = Duration.ofMillis(500);
  private static final Duration BROKEN_FILE = Duration.ofMillis(400);

  private static final List<Fault> FAULTS =
      List.of(
          Fault.throttled(),
          Fault.internalFailure(),
          Fault.serviceUnavailable(),
          Fault.delayed(Duration.ofMillis(400)),
          Fault.delayed(Duration.ofSeconds(5)),
          Fault.dripping(8, Duration.ofMillis(100)),
          Fault.closed(),
          Fault.truncated(),
          Fault.silent(),
          Fault.huge(1 << 17),
          Fault.contentType("text/html"),
          Fault.redirect(302, URI.create("http://127.0.0.1:9/")));

  private final SystemUnderSoak system;
  private final FaultWindows windows;
  private final ScheduledExecutorService timer;
  private final SplittableRandom random;
  private final AtomicInteger outages = new AtomicInteger();
  private final AtomicInteger cuts = new AtomicInteger();
  private final AtomicInteger restarts = new AtomicInteger();

  FaultInjector(
      SystemUnderSoak system,
      FaultWindows windows,
      ScheduledExecutorService timer,
      SplittableRandom random) {
    this.system = system;
    this.windows = windows;
    this.timer = timer;
    this.random = random;
  }

  /** Begins; the first of each kind comes after a while. */
  void start() {
    again(this::outage, 4_000, 9_000);
    again(this::changePolicy, 1_000, 4_000);
    again(this::brokenFile, 3_000, 7_000);
    again(this::cut, 2_000, 6_000);
    again(this::restart, 9_000, 14_000);
  }

  /** Clears all faults. No fault is injected once this returns. */
  void stop() throws InterruptedException {
    try {
      timer
          .submit(
              () -> {
                system.sts().clearFaults();
                mendFile();
              })
          .get();
    } catch (ExecutionException e) {
      throw new AssertionError("fault injection does not stop", e);
    }
    timer.shutdownNow();
    Termination.of("fault injection", timer::awaitTermination);
  }

  private void again(Runnable faults, int least, int most) {
    later(
        Duration.ofMillis(random.nextInt(least, most)),
        () -> {
          faults.run();
          again(faults, least, most);
        });
  }

  private void later(Duration delay, Runnable action) {
    var unused = timer.schedule(action, delay.toMillis(), MILLISECONDS);
  }

  private void outage() {
    outages.incrementAndGet();
    windows.stsFailing.begin();
    system.sts().fail(FAULTS.get(random.nextInt(FAULTS.size())));
    later(
        Duration.ofMillis(random.nextInt(500, 3_000)),
        () -> {
          system.sts().clearFaults();
          windows.stsFailing.end();
        });
  }

  private void changePolicy() {
    try {
      system.changingPolicy().change();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void brokenFile() {
    try {
      system.changingPolicy().breakFile();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    later(BROKEN_FILE, this::mendFile);
  }

  private void mendFile() {
    try {
      system.changingPolicy().mendFile();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void cut() {
    cuts.incrementAndGet();
    windows.disconnected.begin();
    system.relay().cut();
    later(AFTER_A_CUT, windows.disconnected::end);
  }

  private void restart() {
    restarts.incrementAndGet();
    windows.disconnected.begin();
    system.restart();
    windows.disconnected.end();
  }

  @Override
  public String toString() {
    return "%d outages of STS, %d policies taken up, %d refused, %d connections cut, %d restarts"
        .formatted(
            outages.get(),
            system.changingPolicy().reloads(),
            system.changingPolicy().rejected(),
            cuts.get(),
            restarts.get());
  }
}
