package dev.rolecall.tests.access.faults;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Breaks a service in all ways, one after the other. For one thread. */
final class Faults {

  private static final long QUIET_MILLIS = 1_500;
  private static final long FROZEN_MILLIS = 20_000;
  private static final long AWAY_MILLIS = 10_000;
  private static final int CUTS = 4;

  private final FaultyService service;
  private final Followers followers;
  private final RunTime time;
  private final Random random;
  private final List<Fault> done = new ArrayList<>();

  Faults(FaultyService service, Followers followers, RunTime time, long seed) {
    this.service = service;
    this.followers = followers;
    this.time = time;
    this.random = new Random(seed);
  }

  /** Each kind once, in an order by chance, with a quiet while before each. */
  void round() throws Exception {
    List<Fault.Kind> kinds = new ArrayList<>(List.of(Fault.Kind.values()));
    Collections.shuffle(kinds, random);
    for (Fault.Kind kind : kinds) {
      pause(QUIET_MILLIS);
      long from = time.now();
      System.out.println("faults: " + RunTime.text(from) + " " + kind);
      doIt(kind);
      long undone = time.now();
      followers.awaitAllKnow();
      done.add(new Fault(kind, from, undone, time.now()));
    }
    pause(QUIET_MILLIS);
  }

  List<Fault> done() {
    return done;
  }

  private static void pause(long millis) throws InterruptedException {
    var unused = new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
  }

  private void doIt(Fault.Kind kind) throws Exception {
    switch (kind) {
      case NODE_KILLED -> service.restart(random.nextInt(2));
      case NODE_FROZEN -> {
        ServingNode node = service.node(random.nextInt(2));
        node.freeze();
        pause(FROZEN_MILLIS);
        node.resume();
      }
      case DATABASE_CRASHED -> {
        service.database().kill();
        service.database().startAgain();
      }
      case DATABASE_RESTARTED -> {
        service.database().stop();
        service.database().startAgain();
      }
      case DATABASE_CUT -> service.databaseRelay().cut();
      case FEEDS_CUT -> {
        for (int i = 0; i < CUTS; i++) {
          service.relays().forEach(NodeRelays::cutFeeds);
          pause(500 + random.nextInt(500));
        }
      }
      case FEEDS_AWAY -> {
        service.relays().forEach(NodeRelays::takeAway);
        pause(AWAY_MILLIS);
        service.giveBack();
      }
    }
  }
}
