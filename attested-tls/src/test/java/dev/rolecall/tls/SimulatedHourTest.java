package dev.rolecall.tls;

import static dev.rolecall.tls.Surroundings.CHECKOUT;
import static dev.rolecall.tls.Surroundings.ORDERS_SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An hour in which clients call without a pause, every end renews its attestation five times, and
 * connections end as a server's connection age ends them: every four minutes of the hour's, and
 * besides every second of the test's own.
 */
final class SimulatedHourTest {

  private static final int CLIENTS = 3;
  private static final int MINUTES = 59;
  private static final int ROTATIONS = 5;
  private static final int CALLS_A_MINUTE = 8;
  private static final int CONNECTION_AGE = 4;

  @RegisterExtension final Surroundings around = new Surroundings();

  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicLong calls = new AtomicLong();
  private final Semaphore answered = new Semaphore(0);
  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final ExecutorService callers = Executors.newFixedThreadPool(CLIENTS);

  private void callOn(TestCaller caller) {
    while (!over.get()) {
      try {
        assertThat(caller.greet()).startsWith(CHECKOUT);
        calls.incrementAndGet();
      } catch (RuntimeException | AssertionError e) {
        failures.add(e);
      }
      answered.release();
    }
  }

  private void untilAllHaveCalled() throws InterruptedException {
    answered.drainPermits();
    assertThat(answered.tryAcquire(CALLS_A_MINUTE, 60, TimeUnit.SECONDS))
        .as("calls go on")
        .isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void hourOfRotationsUnderLoad_losesNoCall_andAsksStsOncePerCertificateAndPeer(
      TlsProvider provider) throws Exception {
    RunningServer server =
        around.start(
            provider, around.server(ORDERS_SERVER).maxConnectionAge(Duration.ofSeconds(1)));
    List<TestCaller> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(around.caller(provider, around.client(CHECKOUT), server));
    }
    clients.forEach(client -> callers.execute(() -> callOn(client)));
    try {
      for (int minute = 1; minute <= MINUTES; minute++) {
        untilAllHaveCalled();
        around.pass(Duration.ofMinutes(1));
        if (minute % CONNECTION_AGE == 0) {
          clients.forEach(TestCaller::reconnect);
        }
      }
      untilAllHaveCalled();
    } finally {
      over.set(true);
      callers.shutdown();
      assertThat(callers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    assertThat(failures).isEmpty();
    long certificates = (CLIENTS + 1) * (ROTATIONS + 1L);
    long byPeers = 2L * CLIENTS * (ROTATIONS + 1);
    long byTheirMakers = (CLIENTS + 1L) * ROTATIONS;
    assertThat(around.asked()).isEqualTo(byPeers + byTheirMakers);
    // One may have been made for a call that was the last.
    server.awaitOpenAtMost(CLIENTS);
    System.out.printf(
        "mutual hour (%s): %d calls, %d failed; %d connections; %d certificates, STS asked %d"
            + " times by peers and %d times by their makers%n",
        provider,
        calls.get(),
        failures.size(),
        server.connections(),
        certificates,
        byPeers,
        byTheirMakers);
  }
}
