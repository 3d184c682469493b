package dev.rolecall.tls;

import static dev.rolecall.tls.Surroundings.CHECKOUT;
import static dev.rolecall.tls.Surroundings.ORDERS_SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.runtime.AccessRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A simulated hour of calls. Each client calls again and again, and every end renews its
 * certificate five times. Connections reach their age every four minutes of the hour, and every
 * second of the test. At the end no more objects live in the heap than two renewals earlier.
 */
final class SimulatedHourTest {

  private static final int CLIENTS = 3;
  private static final int MINUTES = 59;
  private static final int ROTATIONS = 5;
  private static final int CALLS_A_MINUTE = 3;
  private static final int CONNECTION_AGE = 4;

  /** By then each end has as many generations of its key as it keeps. */
  private static final int SETTLED = 39;

  /** One for each end: what is collected in the background may be there still, or not yet. */
  private static final long SLACK = CLIENTS + 1;

  /**
   * What has grown is looked at again, lest what a busy machine collects late be taken for a leak.
   */
  private static final int LOOKS = 5;

  @RegisterExtension final Surroundings around = new Surroundings();

  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicLong calls = new AtomicLong();

  /** One for each client: none may miss a certificate because the others are quick. */
  private final List<Semaphore> answered =
      Stream.generate(() -> new Semaphore(0)).limit(CLIENTS).toList();

  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final ExecutorService callers = Executors.newFixedThreadPool(CLIENTS);

  /** Each call has the read lock. Fair, so that the writer gets its turn. */
  private final ReadWriteLock quiet = new ReentrantReadWriteLock(true);

  /** What verifiers remember ends by elapsed time, which must not jump while they ask. */
  private final AtomicLong ticks = new AtomicLong();

  /** What is remembered ends by the hour's time, not by the test's. */
  private AccessRuntime runtime() {
    return around.runtimeOptions().ticker(ticks::get).build();
  }

  private void callOn(TestCaller caller, Semaphore answered) {
    while (!over.get()) {
      quiet.readLock().lock();
      try {
        assertThat(caller.greet()).startsWith(CHECKOUT);
        calls.incrementAndGet();
      } catch (RuntimeException | AssertionError e) {
        failures.add(e);
      } finally {
        quiet.readLock().unlock();
      }
      answered.release();
    }
  }

  private void untilAllHaveCalled() throws InterruptedException {
    answered.forEach(Semaphore::drainPermits);
    for (Semaphore each : answered) {
      assertThat(each.tryAcquire(CALLS_A_MINUTE, 2, TimeUnit.MINUTES)).as("calls go on").isTrue();
    }
  }

  private <T> T inQuiet(Callable<T> work) throws Exception {
    quiet.writeLock().lock();
    try {
      return work.call();
    } finally {
      quiet.writeLock().unlock();
    }
  }

  private void letAMinutePass(List<TestCaller> clients, int minute) throws Exception {
    around.pass(Duration.ofMinutes(1));
    if (minute % CONNECTION_AGE == 0) {
      clients.forEach(TestCaller::reconnect);
    }
    long unused = inQuiet(() -> ticks.addAndGet(Duration.ofMinutes(1).toNanos()));
  }

  /** What is left once no call is under way and no connection stands. */
  private Map<String, Long> left(RunningServer server, List<TestCaller> clients) throws Exception {
    return inQuiet(
        () -> {
          server.forgetAudits();
          disconnect(server, clients);
          // What is remembered of connections goes when they are collected and others come.
          LivingObjects.count();
          clients.forEach(TestCaller::greet);
          disconnect(server, clients);
          server.forgetAudits();
          return LivingObjects.count();
        });
  }

  private static void disconnect(RunningServer server, List<TestCaller> clients)
      throws InterruptedException {
    clients.forEach(TestCaller::reconnect);
    server.awaitOpenAtMost(0);
  }

  private Map<String, Long> leftAtLast(
      RunningServer server, List<TestCaller> clients, Map<String, Long> settled) throws Exception {
    Map<String, Long> atLast = left(server, clients);
    for (int look = 1; look < LOOKS && !grown(settled, atLast).isEmpty(); look++) {
      atLast = left(server, clients);
    }
    assertThat(grown(settled, atLast)).isEmpty();
    return atLast;
  }

  private static List<String> grown(Map<String, Long> before, Map<String, Long> after) {
    return after.entrySet().stream()
        .filter(each -> each.getValue() > before.getOrDefault(each.getKey(), 0L) + SLACK)
        .map(each -> each.getKey() + ": " + before.get(each.getKey()) + " -> " + each.getValue())
        .toList();
  }

  private static long total(Map<String, Long> living) {
    return living.values().stream().mapToLong(Long::longValue).sum();
  }

  @ParameterizedTest
  @EnumSource
  void hourOfRotationsUnderLoad_losesNoCall_keepsNoMore_asksStsOncePerCertificateAndPeer(
      TlsProvider provider) throws Exception {
    RunningServer server =
        around.start(
            provider,
            around.server(ORDERS_SERVER).maxConnectionAge(Duration.ofSeconds(1)),
            around.guard(Surroundings.everythingFor(CHECKOUT)).runtime(runtime()));
    List<TestCaller> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(around.caller(provider, around.client(CHECKOUT).runtime(runtime()), server));
    }
    Map<String, Long> settled = Map.of();
    for (int i = 0; i < CLIENTS; i++) {
      TestCaller client = clients.get(i);
      Semaphore itsAnswers = answered.get(i);
      callers.execute(() -> callOn(client, itsAnswers));
    }
    try {
      for (int minute = 1; minute <= MINUTES; minute++) {
        untilAllHaveCalled();
        letAMinutePass(clients, minute);
        if (minute == SETTLED) {
          settled = left(server, clients);
        }
      }
      untilAllHaveCalled();
    } finally {
      over.set(true);
      callers.shutdown();
      assertThat(callers.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
    }

    assertThat(failures).isEmpty();
    long certificates = (CLIENTS + 1) * (ROTATIONS + 1L);
    long byPeers = 2L * CLIENTS * (ROTATIONS + 1);
    long byTheirMakers = (CLIENTS + 1L) * ROTATIONS;
    assertThat(around.asked()).isEqualTo(byPeers + byTheirMakers);
    assertThat(settled).containsKey(KeyedAttestation.class.getName());
    Map<String, Long> atLast = leftAtLast(server, clients, settled);
    System.out.printf(
        "mutual hour (%s): %d calls, %d failed; %d connections; %d certificates, STS asked %d"
            + " times by peers and %d times by their makers; objects kept %d -> %d%n",
        provider,
        calls.get(),
        failures.size(),
        server.connections(),
        certificates,
        byPeers,
        byTheirMakers,
        total(settled),
        total(atLast));
  }
}
