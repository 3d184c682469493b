package dev.rolecall.tests.access.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A person of the run: has grants given, extended, revoked and locked, and streams open at each
 * guarded server all the while. For one thread.
 */
final class Life implements Callable<HolderStory> {

  /** Servers, clients and a node share one process here: thousands of handshakes would stop it. */
  private static final Semaphore OPENING = new Semaphore(4);

  private static final long FOR_THE_RUN = 3_600;
  private static final long ADMISSION = RunTime.millis(8_000);
  private static final long LAST_END = RunTime.millis(12_000);
  private static final long PACE_MILLIS = 200;

  /** Until each server knows of a change, however slow its feed. */
  private static final long KNOWN_MILLIS = 6_500;

  /** The longest that a call that was given up may still be carried out. */
  private static final long SETTLED_MILLIS = 10_000;

  private final Scene scene;
  private final HolderStory story;
  private final boolean steady;
  private final SplittableRandom random;
  private final List<List<Visit>> open = new ArrayList<>();

  /**
   * The surroundings of a person.
   *
   * @param perEnforcer how many streams a person has at each server
   * @param visits gets all streams
   * @param over counted down when the person is to end
   */
  record Scene(
      RunTime time,
      Transitions transitions,
      List<Enforcer> enforcers,
      int perEnforcer,
      Queue<Visit> visits,
      CountDownLatch over) {}

  /**
   * A person.
   *
   * @param steady whether the person is entitled all the time
   */
  Life(Scene scene, String name, boolean steady, SplittableRandom random) {
    this.scene = scene;
    this.story = new HolderStory(name);
    this.steady = steady;
    this.random = random;
    scene.enforcers().forEach(unused -> open.add(new ArrayList<>()));
  }

  @Override
  public HolderStory call() throws Exception {
    if (steady) {
      beEntitled();
    } else {
      while (!isOver()) {
        changeOften();
      }
    }
    return story;
  }

  private boolean isOver() {
    return scene.over().getCount() == 0;
  }

  /** Waits, or until the run is over. */
  private void pause(long millis) throws InterruptedException {
    var unused = scene.over().await(millis, TimeUnit.MILLISECONDS);
  }

  /** Waits for that long, and is sure of it. */
  private static void pauseWhole(long millis) throws InterruptedException {
    var unused = new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
  }

  private GrantStory granted(long seconds) {
    return story.add(scene.transitions().grant(story.name(), seconds));
  }

  /** Another grant takes the place of the first now and then, and streams must not notice. */
  private void beEntitled() throws Exception {
    GrantStory current = granted(FOR_THE_RUN);
    long renewed = scene.time().now();
    long age = RunTime.millis(5_000 + random.nextInt(20_000));
    while (!isOver()) {
      fill();
      if (scene.time().now() - renewed > age) {
        GrantStory next = granted(FOR_THE_RUN);
        pauseWhole(KNOWN_MILLIS);
        scene.transitions().revoke(current);
        current = next;
        renewed = scene.time().now();
      }
      pause(PACE_MILLIS);
    }
    scene.transitions().revoke(current);
    awaitEnds();
  }

  private void changeOften() throws Exception {
    switch (random.nextInt(4)) {
      case 0 -> revoke();
      case 1 -> expire();
      case 2 -> extend();
      default -> lock();
    }
    awaitEnds();
  }

  private void revoke() throws Exception {
    GrantStory grant = granted(FOR_THE_RUN);
    live(1_000 + random.nextInt(4_000));
    scene.transitions().revoke(grant);
  }

  private void expire() throws Exception {
    liveToTheEndOf(granted(5 + random.nextInt(8)));
  }

  private void liveToTheEndOf(GrantStory grant) throws Exception {
    live((grant.latestEnd() - scene.time().now()) / RunTime.millis(1));
    if (isOver()) {
      scene.transitions().revoke(grant);
    }
  }

  private void extend() throws Exception {
    GrantStory grant = granted(14);
    live(1_000 + random.nextInt(2_000));
    if (scene.transitions().extend(grant, 18 + random.nextInt(6)) && random.nextBoolean()) {
      live(14_000 + random.nextInt(2_000));
      scene.transitions().revoke(grant);
    } else {
      liveToTheEndOf(grant);
    }
  }

  private void lock() throws Exception {
    GrantStory grant = granted(FOR_THE_RUN);
    live(1_000 + random.nextInt(3_000));
    long unsure = scene.transitions().unsure();
    GrantStory.Change locked = scene.transitions().lock(story.name());
    pauseWhole(scene.transitions().unsure() == unsure ? 2_000 : SETTLED_MILLIS);
    visitShortly();
    story.locked(locked, scene.transitions().unlock(story.name()));
    live(2_000 + random.nextInt(6_000));
    scene.transitions().revoke(grant);
  }

  /** Has streams open for so long, and calls anew now and then. */
  private void live(long millis) throws Exception {
    long until = scene.time().now() + RunTime.millis(millis);
    do {
      fill();
      visitShortly();
      pause(PACE_MILLIS);
    } while (!isOver() && scene.time().now() < until);
  }

  /** Opens the streams that are missing, with as many attempts as an outage leaves time for. */
  private void fill() throws Exception {
    long until = scene.time().now() + ADMISSION;
    while (!isFilledOnce() && !isOver() && scene.time().now() < until) {
      pause(PACE_MILLIS);
    }
  }

  private boolean isFilledOnce() throws Exception {
    OPENING.acquire();
    try {
      List<Visit> begun = new ArrayList<>();
      for (int i = 0; i < open.size(); i++) {
        List<Visit> there = open.get(i);
        there.removeIf(Visit::isOver);
        for (int left = scene.perEnforcer() - there.size(); left > 0; left--) {
          begun.add(begin(scene.enforcers().get(i), false));
        }
      }
      return decided(begun);
    } finally {
      OPENING.release();
    }
  }

  private Visit begin(Enforcer enforcer, boolean isShort) {
    Visit visit = Visit.begin(story, enforcer, scene.time(), isShort);
    scene.visits().add(visit);
    return visit;
  }

  /** Waits until all are decided; whether all are admitted. */
  private boolean decided(List<Visit> begun) throws Exception {
    CompletableFuture.allOf(begun.stream().map(Visit::decided).toArray(CompletableFuture[]::new))
        .get(1, TimeUnit.MINUTES);
    for (Visit visit : begun) {
      if (!visit.isOver()) {
        open.get(scene.enforcers().indexOf(visit.enforcer())).add(visit);
      }
    }
    return begun.stream().allMatch(Visit::isAdmitted);
  }

  private void visitShortly() throws Exception {
    Enforcer any = scene.enforcers().get(random.nextInt(scene.enforcers().size()));
    begin(any, true).decided().get(1, TimeUnit.MINUTES);
  }

  /** Waits until the streams have ended. The judge says it of those that do not. */
  private void awaitEnds() throws InterruptedException {
    long until = scene.time().now() + LAST_END;
    while (open.stream().flatMap(List::stream).anyMatch(visit -> !visit.isOver())
        && scene.time().now() < until) {
      pauseWhole(20);
    }
  }
}
