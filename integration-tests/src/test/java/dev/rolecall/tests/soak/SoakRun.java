package dev.rolecall.tests.soak;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.RefusalReason;
import dev.rolecall.tests.fixture.SecretsWatch;
import dev.rolecall.tests.secrets.RunRecord;
import dev.rolecall.testsupport.LeakWatch;
import dev.rolecall.testsupport.Termination;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The soak, which only the profile {@code soak} runs. Its duration is {@code
 * -Drolecall.soak.duration=PT5M}; the seed of its random choices is {@code -Drolecall.soak.seed=1}.
 */
final class SoakRun {

  private static final Duration DURATION =
      Duration.parse(System.getProperty("rolecall.soak.duration", "PT3M"));
  private static final long SEED = Long.getLong("rolecall.soak.seed", System.nanoTime());
  private static final int LOOKS = 12;
  private static final Duration PROGRESS = Duration.ofSeconds(10);
  private static final Duration DRAIN = Duration.ofSeconds(40);

  /** A server more than there were: one may be starting whenever it is looked. */
  private static final int MORE_THREADS = 8;

  /** What a run of a minute cannot miss. */
  private static final List<String> SEEN =
      List.of(
          "OK",
          "CANCELLED",
          "DEADLINE_EXCEEDED",
          "UNAVAILABLE",
          RefusalReason.METHOD_NOT_ALLOWED.name(),
          RefusalReason.CREDENTIAL_EXPIRED.name(),
          RefusalReason.CREDENTIAL_MISSING.name(),
          RefusalReason.ISSUER_REFUSED.name());

  /** Writes a stack trace for each stream that a cut connection takes with it. */
  private static final Logger NETTY_SERVER =
      Logger.getLogger("io.grpc.netty.shaded.io.grpc.netty.NettyServerHandler");

  private final LeakWatch leaks = new LeakWatch();
  private final SecretsWatch secrets = new SecretsWatch(RunRecord.ofThisRun());
  private final FaultWindows windows = new FaultWindows();
  private final CallLedger ledger = new CallLedger();
  private final ResourceWatch resources = new ResourceWatch();
  private final Queue<Throwable> defects = new ConcurrentLinkedQueue<>();
  private final SoakTimer timer = new SoakTimer(defects);
  private final SoakTimer faultTimer = new SoakTimer(defects);
  private final SoakTimer observer = new SoakTimer(defects);

  @TempDir Path folder;

  @BeforeEach
  void start() {
    leaks.start();
    NETTY_SERVER.setLevel(Level.SEVERE);
  }

  @AfterEach
  void stop() {
    leaks.stop();
    NETTY_SERVER.setLevel(null);
    List.of(timer, faultTimer, observer).forEach(SoakTimer::shutdownNow);
  }

  @Test
  void soak() throws Exception {
    say(DURATION + " with seed " + SEED);
    SplittableRandom random = new SplittableRandom(SEED);
    try (SystemUnderSoak system = new SystemUnderSoak(folder, windows, ledger, secrets)) {
      CallLoops load =
          new CallLoops(
              new CallLoop.Means(system, ledger, new OutcomeModel(windows), secrets, timer),
              random.split());
      FaultInjector faults = new FaultInjector(system, windows, faultTimer, random.split());
      system.start(timer);
      load.start();
      faults.start();
      observe();

      faults.stop();
      load.stop();
      assertEverythingEnds();
      say(faults.toString());
      say("ended as " + ledger.endings());
    }
    assertNoThreadIsLeft();
    leaks.settle();
    say(
        "%d s, %,d calls, %d lost, %d wrongly refused, %d wrongly admitted, %d leaks, heap %d -> %d MiB"
            .formatted(
                DURATION.toSeconds(),
                ledger.begun(),
                ledger.count(CallVerdict.LOST) + ledger.underWay().size(),
                ledger.count(CallVerdict.WRONGLY_REFUSED),
                ledger.count(CallVerdict.WRONGLY_ADMITTED),
                leaks.reports().size(),
                resources.heapAtFirst(),
                resources.heapAtLast()));
    assertAllIsWell();
  }

  private static void say(String line) {
    System.out.println("soak: " + line);
  }

  /** Lets it soak, and looks now and then. */
  private void observe() throws InterruptedException {
    long look = DURATION.toMillis() / (LOOKS + 1);
    var looks = observer.scheduleAtFixedRate(this::look, look, look, MILLISECONDS);
    var lines =
        observer.scheduleAtFixedRate(
            this::progress, PROGRESS.toMillis(), PROGRESS.toMillis(), MILLISECONDS);
    Future<?> over =
        observer.schedule(() -> lines.cancel(false), DURATION.toMillis(), MILLISECONDS);
    assertThat(over).succeedsWithin(DURATION.plusSeconds(60));
    looks.cancel(false);
    observer.shutdown();
    Termination.of("the observer", observer::awaitTermination);
  }

  private void look() {
    try {
      leaks.settle();
      resources.look();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void progress() {
    say(
        "%,d calls, %d under way, %d handlers at work, %s"
            .formatted(
                ledger.begun(),
                ledger.underWay().size(),
                ledger.handlersAtWork().size(),
                ledger.endings()));
  }

  private void assertEverythingEnds() throws Exception {
    Awaitility.await("calls and handlers that do not end")
        .atMost(DRAIN)
        .untilAsserted(
            () -> {
              assertThat(ledger.underWay()).isEmpty();
              assertThat(ledger.handlersAtWork()).isEmpty();
            });
    // Servers, guards and verifiers still run; whatever they held for a call must be gone.
    assertThat(ResourceWatch.livingObjects())
        .as("objects of Rolecall that live")
        .containsKey("dev.rolecall.guard.CallGuard")
        .doesNotContainKeys(
            ResourceWatch.nameOf("dev.rolecall.guard.AdmittedCall"),
            ResourceWatch.nameOf("dev.rolecall.guard.GuardedCall"),
            ResourceWatch.nameOf("dev.rolecall.guard.SuspendedCall"),
            ResourceWatch.nameOf("dev.rolecall.access.lookup.LookUp"));
  }

  /** Threads end with what they work for; not at once, since none is waited for. */
  private void assertNoThreadIsLeft() {
    Awaitility.await("threads that outlive it all")
        .atMost(DRAIN)
        .untilAsserted(() -> assertThat(ResourceWatch.ownThreads()).isEmpty());
  }

  private void assertAllIsWell() {
    assertThat(ledger.complaints()).as("calls that ended as they should not").isEmpty();
    assertThat(defects).as("defects of the soak itself").isEmpty();
    assertThat(leaks.reports()).as("buffers lost").isEmpty();
    assertThat(secrets.findings()).as("secrets in what was written").isEmpty();
    assertThat(ledger.endings()).containsKeys(SEEN.toArray(String[]::new));
    assertThat(resources.heapAtLast())
        .as("MiB of heap in the last third")
        .isLessThanOrEqualTo(resources.heapAtFirst() * 5 / 4 + 8);
    assertThat(resources.threadsAtLast())
        .as("Rolecall's threads in the last third")
        .isLessThanOrEqualTo(resources.threadsAtFirst() + MORE_THREADS);
    assertAuditsAgree();
  }

  /** Each handler that was started has a record; each refusal a client was told of is counted. */
  private void assertAuditsAgree() {
    assertThat(ledger.audited("Allowed")).isEqualTo(ledger.handled());
    for (RefusalReason reason :
        List.of(RefusalReason.METHOD_NOT_ALLOWED, RefusalReason.CREDENTIAL_EXPIRED)) {
      assertThat(
              ledger.audited(reason.name())
                  + ledger.audited("ended, " + reason.name())
                  + ledger.audited(CallLedger.OF_SEVERAL_KINDS))
          .as("records of %s", reason)
          .isGreaterThanOrEqualTo(ledger.ends(reason.name()));
    }
  }
}
