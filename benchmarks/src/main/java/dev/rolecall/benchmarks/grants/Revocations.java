package dev.rolecall.benchmarks.grants;

import dev.rolecall.benchmarks.fleet.OneClock;
import dev.rolecall.benchmarks.pace.Delays;
import dev.rolecall.benchmarks.pace.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Measures revocations one at a time: a person with one stream at each enforcer loses the grant. A
 * bare push comes before each, so that both meet the same machine.
 *
 * @param bench of the run
 * @param service that grants and revokes
 */
record Revocations(Bench bench, Service service) {

  private static final Duration LENGTH = Duration.ofHours(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration REST = Duration.ofMillis(30);
  private static final Duration REST_AFTER_CUT = Duration.ofMillis(500);

  /**
   * The delays of some revocations.
   *
   * @param last until the last of a person's streams had ended
   * @param each until each of them had
   * @param push until the last client had a bare push
   */
  record Result(Delays last, Delays each, Delays push) {}

  /**
   * Measures so many, or as many as there is time for.
   *
   * @param cut whether all feeds are cut at the moment of each
   * @param until the time of {@link OneClock} after which no more are begun; the first is, always
   */
  Result measure(int count, boolean cut, long until) throws Exception {
    List<Long> last = new ArrayList<>();
    List<Long> each = new ArrayList<>();
    List<Long> push = new ArrayList<>();
    while (last.size() < count && (last.isEmpty() || until - System.nanoTime() > 0)) {
      Map<String, String> grants = granted(Math.min(Sizes.VICTIMS, count - last.size()));
      for (Map.Entry<String, String> victim : grants.entrySet()) {
        push.add(push());
        Pause.of(REST);
        long began = System.nanoTime();
        if (cut) {
          service.cutFeeds();
        }
        service.client().revoke(victim.getValue());
        Ended ends = bench.fleet().ended(victim.getKey(), PATIENCE);
        bench.reasons().count(ends, EndReason.REVOKED);
        ends.closes().forEach(close -> each.add(close - began));
        last.add(ends.open() == 0 ? ends.last() - began : PATIENCE.toNanos());
        if (cut) {
          service.awaitEnforcers();
          Pause.of(REST_AFTER_CUT);
        }
      }
    }
    return new Result(Delays.ofNanos(last), Delays.ofNanos(each), Delays.ofNanos(push));
  }

  /** The grants of some victims, whose streams are open. */
  private Map<String, String> granted(int count) {
    Map<String, String> grants = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      String victim = Bench.victim(i);
      grants.put(victim, service.client().grant(victim, Optional.empty(), LENGTH));
    }
    grants.keySet().forEach(victim -> bench.fleet().hold(victim, 1));
    return grants;
  }

  private long push() {
    long began = System.nanoTime();
    long number = bench.pushes().push();
    return Collections.max(bench.fleet().pushed(number)) - began;
  }
}
