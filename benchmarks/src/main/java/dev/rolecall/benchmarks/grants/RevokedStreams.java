package dev.rolecall.benchmarks.grants;

import dev.rolecall.benchmarks.Run;
import dev.rolecall.benchmarks.Table;
import dev.rolecall.benchmarks.pace.Delays;
import dev.rolecall.grants.Staleness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Measures how soon revocations end streams, beside a crowd of live ones: two nodes on PostgreSQL,
 * and enforcers that are strict about the age of their news. At the end all of the crowd is
 * revoked.
 *
 * @param bench of the run
 */
record RevokedStreams(Bench bench) {

  private static final int WARM_UP = 10;
  private static final Duration LENGTH = Duration.ofHours(2);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /**
   * Measures.
   *
   * @return how long it took to open the crowd, in nanoseconds
   */
  long measure(Path programs) throws Exception {
    bench.say(
        "PostgreSQL, two nodes, %d enforcers in %d processes",
        Sizes.ENFORCERS, Sizes.ENFORCER_PROCESSES);
    try (Service service = Service.onPostgres(bench.place(), programs)) {
      bench.fleet().follow(service.feeds(), Staleness.STRICT);
      service.awaitEnforcers();
      Map<String, String> grants = new LinkedHashMap<>();
      for (int i = 0; i < Sizes.HOLDERS; i++) {
        String holder = Bench.holder(i);
        grants.put(holder, service.client().grant(holder, Optional.empty(), LENGTH));
      }
      long opening = bench.openCrowd(0);
      Revocations revocations = new Revocations(bench, service);
      long never = System.nanoTime() + LENGTH.toNanos();
      bench.say("  revoking, one at a time");
      var unused = revocations.measure(WARM_UP, false, never);
      Revocations.Result whole = revocations.measure(bench.sizes().revokes(), false, never);
      show("revocations on PostgreSQL", whole);
      add(bench.run(), whole);
      bench.say("  revoking while all feeds are cut");
      Revocations.Result cut = revocations.measure(bench.sizes().cuts(), true, never);
      show("revocations on PostgreSQL with all feeds cut", cut);
      bench.run().figures().add("revoke_cut_p50_ms", cut.last().p50());
      Bench.judgeBeside(
          cut.push().p99(), bench.run(), "revoke_cut_slowest_ms", cut.last().slowest());
      revokeAll(service, grants);
      bench.fleet().stop();
      return opening;
    }
  }

  private static void add(Run run, Revocations.Result result) {
    run.figures().add("revoke_p50_ms", result.last().p50());
    Bench.judgeBeside(result.push().p99(), run, "revoke_p99_ms", result.last().p99());
    run.figures().add("revoke_each_p50_ms", result.each().p50());
    run.figures().add("revoke_each_p99_ms", result.each().p99());
    run.figures().add("push_p50_ms", result.push().p50());
    run.figures().add("push_p99_ms", result.push().p99());
    run.figures().add("revoke_load_average", Bench.load());
  }

  /** Shows delays, with the load of the machine. */
  void show(String title, Revocations.Result result) {
    bench
        .run()
        .show(
            new Table(
                String.format(
                    Locale.ROOT,
                    "%s, %d of them, milliseconds (%s)",
                    title,
                    result.last().count(),
                    bench.circumstances()),
                List.of("", "p50", "p99", "slowest"),
                List.of(
                    row("revoke called, until the last client is told", result.last()),
                    row("revoke called, until each client is told", result.each()),
                    row("bare push, until the last client has it", result.push()))));
  }

  private static List<String> row(String name, Delays delays) {
    return List.of(
        name, Delays.text(delays.p50()), Delays.text(delays.p99()), Delays.text(delays.slowest()));
  }

  private void revokeAll(Service service, Map<String, String> grants) {
    bench.say("  revoking all of the crowd");
    long began = System.nanoTime();
    grants.values().forEach(grant -> service.client().revoke(grant));
    long revoked = System.nanoTime();
    Ended all = Ended.none();
    for (String holder : grants.keySet()) {
      all = all.and(bench.fleet().ended(holder, PATIENCE));
    }
    bench.reasons().count(all, EndReason.REVOKED);
    double seconds = (all.last() - began) / 1e9;
    bench.say(
        "  %,d streams ended in %.1f s; the %d calls took %.1f s of that",
        all.closes().size(), seconds, grants.size(), (revoked - began) / 1e9);
    bench.run().figures().add("revoke_all_seconds", seconds);
  }
}
