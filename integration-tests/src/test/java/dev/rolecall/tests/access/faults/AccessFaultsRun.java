package dev.rolecall.tests.access.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rolecall.grants.v1.Grant;
import dev.rolecall.grants.v1.GrantStatus;
import dev.rolecall.testsupport.LocalPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The run of faults, which only the profile {@code access-faults} makes: 500 streams and each fault
 * once. The full one is {@code -Drolecall.faults.streams=5000 -Drolecall.faults.rounds=5}; {@code
 * -Drolecall.faults.seed=1} repeats its choices.
 */
final class AccessFaultsRun {

  private static final int ENFORCERS = 20;
  private static final int STREAMS = Integer.getInteger("rolecall.faults.streams", 500);
  private static final int ROUNDS = Integer.getInteger("rolecall.faults.rounds", 1);
  private static final long SEED = Long.getLong("rolecall.faults.seed", System.nanoTime());
  private static final int MOST_HOLDERS = 50;

  /** Held strongly: the JDK would forget their levels. They warn of each fault. */
  private static final List<Logger> LOGGERS =
      List.of(
          Logger.getLogger("rolecall"),
          Logger.getLogger("io.grpc"),
          Logger.getLogger("com.zaxxer"));

  private final ExecutorService lives = Executors.newCachedThreadPool();

  @TempDir Path folder;

  @BeforeEach
  void quieten() {
    LOGGERS.forEach(logger -> logger.setLevel(Level.SEVERE));
  }

  @AfterEach
  void stop() {
    lives.shutdownNow();
    LOGGERS.forEach(logger -> logger.setLevel(null));
  }

  private static void say(String line) {
    System.out.println("faults: " + line);
  }

  @Test
  void faults_whileStreamsLive_keepNoAccessTooLong_andLoseNoStreamOfTheEntitled() throws Exception {
    Optional<Path> programs = LocalPostgres.programs();
    assumeTrue(
        programs.isPresent(),
        "no PostgreSQL server programs found (to run it: " + LocalPostgres.HOW_TO_GET + ")");
    int holders = Math.min(MOST_HOLDERS, STREAMS / ENFORCERS);
    int perEnforcer = STREAMS / ENFORCERS / holders;
    say(
        "%d streams of %d people at %d servers, seed %d"
            .formatted(STREAMS, holders, ENFORCERS, SEED));
    RunTime time = new RunTime();
    Queue<Visit> visits = new ConcurrentLinkedQueue<>();
    CountDownLatch over = new CountDownLatch(1);
    try (FaultyService service = FaultyService.start(folder, programs.get());
        Lateness lateness = Lateness.watch(time)) {
      List<NodeClient> clients = service.clients();
      Transitions transitions = new Transitions(clients, clients.get(clients.size() - 1), time);
      List<Enforcer> enforcers = service.enforcers(ENFORCERS);
      Followers followers = new Followers(transitions, ENFORCERS);
      followers.awaitAllKnow();
      say(RunTime.text(time.now()) + " all is up");
      Life.Scene scene = new Life.Scene(time, transitions, enforcers, perEnforcer, visits, over);
      SplittableRandom random = new SplittableRandom(SEED);
      List<Future<HolderStory>> running =
          IntStream.range(0, holders)
              .mapToObj(
                  i -> lives.submit(new Life(scene, "holder" + i, i % 2 == 0, random.split())))
              .toList();
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> visits.stream().filter(Visit::isAdmitted).count() >= STREAMS / 2);
      say(RunTime.text(time.now()) + " streams are open");
      Faults faults = new Faults(service, followers, time, SEED);
      for (int i = 0; i < ROUNDS; i++) {
        faults.round();
      }
      over.countDown();
      List<HolderStory> stories = new ArrayList<>();
      for (Future<HolderStory> life : running) {
        stories.add(life.get(2, TimeUnit.MINUTES));
      }
      followers.awaitAllKnow();
      say(RunTime.text(time.now()) + " all is over");
      assertNothingIsLost(transitions, stories);
      judge(new Bounds(faults.done(), lateness), stories, List.copyOf(visits), transitions);
    }
  }

  /** The store has each change that was acknowledged. */
  private static void assertNothingIsLost(Transitions transitions, List<HolderStory> stories) {
    for (HolderStory story : stories) {
      for (GrantStory told : story.grants()) {
        Grant stored = transitions.read(told.id());
        boolean revoked = !told.revoked().equals(GrantStory.Change.NONE);
        assertThat(stored.getState() == GrantStatus.REVOKED).as("%s", told).isEqualTo(revoked);
        assertThat(stored.getVersion()).as("%s", told).isGreaterThanOrEqualTo(told.ends().size());
      }
    }
  }

  private static void judge(
      Bounds bounds, List<HolderStory> stories, List<Visit> visits, Transitions transitions) {
    Judge judge = new Judge(bounds);
    Map<HolderStory, List<Visit>> byHolder =
        visits.stream().collect(Collectors.groupingBy(Visit::holder));
    stories.forEach(story -> judge.judge(story, byHolder.getOrDefault(story, List.of())));
    bounds.faults().forEach(fault -> say(fault + lastStale(fault, visits)));
    say(
        "%,d streams ended %s, %,d were refused %s, %d in doubt, %d answers unsure"
            .formatted(
                judge.ends().values().stream().mapToInt(Integer::intValue).sum(),
                judge.ends(),
                judge.refusals().values().stream().mapToInt(Integer::intValue).sum(),
                judge.refusals(),
                judge.doubts(),
                transitions.unsure()));
    say(
        ("%,d grants; connected servers took p50 %s, p99 %s, at most %s; timed ends %s late at most;"
                + " a bare timer or piece of work %s")
            .formatted(
                stories.stream().mapToInt(story -> story.grants().size()).sum(),
                RunTime.text(part(judge.heard(), 50)),
                RunTime.text(part(judge.heard(), 99)),
                RunTime.text(part(judge.heard(), 100)),
                RunTime.text(part(judge.late(), 100)),
                RunTime.text(bounds.lateness().most(0, RunTime.NEVER))));
    assertThat(judge.complaints()).isEmpty();
    assertThat(judge.ends()).containsKeys(Judge.REVOKED, Judge.EXPIRED, Judge.LOCKED, Judge.STALE);
    long most = part(judge.heard(), 99);
    if (most > Bounds.CONNECTED && bounds.isTooLate()) {
      say("the machine is too busy to judge by half a second");
    } else {
      assertThat(most).isLessThanOrEqualTo(Bounds.CONNECTED);
    }
  }

  /** How long servers called their news old after a fault. */
  private static String lastStale(Fault fault, List<Visit> visits) {
    long last =
        visits.stream()
            .filter(visit -> visit.reason().equals(Judge.STALE))
            .mapToLong(Visit::ended)
            .filter(end -> end > fault.from() && end <= fault.to())
            .max()
            .orElse(fault.from());
    return last == fault.from() ? "" : ", stale until " + RunTime.text(last - fault.undone());
  }

  private static long part(List<Long> values, int percent) {
    List<Long> sorted = values.stream().sorted().toList();
    return sorted.isEmpty() ? 0 : sorted.get((sorted.size() - 1) * percent / 100);
  }
}
