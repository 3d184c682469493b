package dev.rolecall.benchmarks.grants;

import static java.util.Objects.requireNonNull;

import dev.rolecall.benchmarks.Table;
import dev.rolecall.benchmarks.fleet.OneClock;
import dev.rolecall.benchmarks.pace.Delays;
import dev.rolecall.benchmarks.pace.Pause;
import dev.rolecall.grants.Staleness;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Measures how exactly streams end by time with service, store and feed away: one node on SQLite,
 * which is killed before, and enforcers that go on by what they know. Revocations on SQLite are
 * timed beside the same crowd.
 *
 * @param bench of the run
 * @param wall the store's clock, since the store is on this machine
 */
record TimedStreams(Bench bench, Clock wall) {

  /** A person without streams. */
  private static final String STRANGER = "stranger";

  private static final int TICKING = 2;
  private static final int WARM_UP = 5;
  private static final Duration LEAST_LEAD = Duration.ofSeconds(3);
  private static final int LEAD_PER_GRANT = 4;
  private static final Duration PER_REVOCATION = Duration.ofMillis(500);
  private static final Duration SLACK = Duration.ofSeconds(6);
  private static final Duration APART = Duration.ofSeconds(6);
  private static final Duration BEFORE_END = Duration.ofSeconds(8);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration SILENCE = Duration.ofSeconds(1);

  /** Refuses absent parts. */
  TimedStreams {
    requireNonNull(bench, "bench");
    requireNonNull(wall, "wall");
  }

  /**
   * The streams of one instant.
   *
   * @param end the instant, by {@link OneClock}
   * @param ends of the streams
   */
  private record Instants(long end, Ended ends) {

    int early() {
      return (int) ends.closes().stream().filter(close -> close < end).count();
    }

    /** How much the first came before the end; negative if it came after. */
    double earlyMillis() {
      return (end - ends.first()) / 1e6;
    }

    double lateMillis() {
      return (ends.last() - end) / 1e6;
    }
  }

  /**
   * Measures.
   *
   * @param opening how long it may take to open the crowd, in nanoseconds
   */
  void measure(Path folder, long opening) throws Exception {
    bench.say("SQLite, one node, %d enforcers", Sizes.ENFORCERS);
    try (Service service = Service.onSqlite(bench.place(), folder)) {
      bench.fleet().follow(service.feeds(), Staleness.BEST_EFFORT);
      service.awaitEnforcers();
      Duration length = length(opening);
      Instant start = wall.instant().plus(lead(service));
      long end = OneClock.nanosAt(start.plus(length), wall);
      grant(service, start, length);
      Pause.until(OneClock.nanosAt(start, wall));
      long unused = bench.openCrowd(TICKING);
      double push = revoke(service, end - BEFORE_END.toNanos() - SLACK.toNanos());
      if (end - System.nanoTime() < BEFORE_END.toNanos()) {
        throw new IllegalStateException(
            "streams: not open in time before their end (expected: a machine that opens "
                + bench.sizes().streams()
                + " within "
                + length.toSeconds()
                + " s)");
      }
      service.kill();
      bench.say(
          "  service, store and feed are away; the first end comes in %.0f s",
          (end - System.nanoTime()) / 1e9);
      Instants first = ended(end, 0, Sizes.HOLDERS_OF_INSTANT);
      Instants second = ended(end + APART.toNanos(), Sizes.HOLDERS_OF_INSTANT, Sizes.HOLDERS);
      judge(first, second, push);
      bench.fleet().stop();
    }
  }

  /** The time in which all grants can be made, by what one takes. The first is slower. */
  private static Duration lead(Service service) {
    var unused = service.client().grant(STRANGER, Optional.empty(), PATIENCE);
    long began = System.nanoTime();
    unused = service.client().grant(STRANGER, Optional.empty(), PATIENCE);
    long took = System.nanoTime() - began;
    return Duration.ofNanos(LEAD_PER_GRANT * Sizes.HOLDERS * took).plus(LEAST_LEAD);
  }

  /** The time from the start of the grants to their end. */
  private Duration length(long opening) {
    return Duration.ofNanos(opening + opening / 5)
        .plus(PER_REVOCATION.multipliedBy(WARM_UP + bench.sizes().sqliteRevokes()))
        .plus(BEFORE_END)
        .plus(SLACK)
        .truncatedTo(ChronoUnit.SECONDS);
  }

  private void grant(Service service, Instant start, Duration length) {
    for (int i = 0; i < Sizes.HOLDERS; i++) {
      Duration each = i < Sizes.HOLDERS_OF_INSTANT ? length : length.plus(APART);
      var unused = service.client().grant(Bench.holder(i), Optional.of(start), each);
    }
    if (!wall.instant().isBefore(start)) {
      throw new IllegalStateException(
          "grants: made after " + start + " (expected: before they start)");
    }
  }

  /** The p99 of a bare push in milliseconds. */
  private double revoke(Service service, long until) throws Exception {
    bench.say("  revoking, one at a time");
    Revocations revocations = new Revocations(bench, service);
    var unused = revocations.measure(WARM_UP, false, until);
    Revocations.Result result = revocations.measure(bench.sizes().sqliteRevokes(), false, until);
    new RevokedStreams(bench).show("revocations on SQLite", result);
    bench.run().figures().add("revoke_sqlite_p50_ms", result.last().p50());
    bench.run().figures().add("revoke_sqlite_p99_ms", result.last().p99());
    bench.run().figures().add("push_sqlite_p99_ms", result.push().p99());
    return result.push().p99();
  }

  private Instants ended(long end, int from, int to) {
    Pause.until(end);
    List<Ended> all = new ArrayList<>();
    for (int i = from; i < to; i++) {
      all.add(bench.fleet().ended(Bench.holder(i), PATIENCE));
    }
    Ended ends = all.stream().reduce(Ended.none(), Ended::and);
    bench.reasons().count(ends, EndReason.EXPIRED);
    return new Instants(end, ends);
  }

  private void judge(Instants first, Instants second, double push) {
    List<Ended.Tick> ticks = first.ends().ticks();
    long received =
        ticks.stream().map(Ended.Tick::received).max(Long::compare).orElseThrow() - first.end();
    long sent = ticks.stream().map(Ended.Tick::sent).max(Long::compare).orElseThrow() - first.end();
    if (-received > SILENCE.toNanos() || ticks.size() < TICKING * Sizes.ENFORCERS) {
      bench.run().doubt("data_stop_ms: the streams that tick were silent before their end");
    }
    show(first, second, received, sent);
    Bench.judge(bench.run(), "timed_ends_left_open", first.ends().open() + second.ends().open());
    Bench.judge(bench.run(), "timed_ends_early", first.early() + second.early());
    Bench.judgeBeside(push, bench.run(), "timed_end_late_ms", first.lateMillis());
    Bench.judgeBeside(push, bench.run(), "data_stop_ms", received / 1e6);
    bench.run().figures().add("data_stop_sent_ms", sent / 1e6);
    bench.run().figures().add("timed_end_load_average", Bench.load());
  }

  private void show(Instants first, Instants second, long received, long sent) {
    bench
        .run()
        .show(
            new Table(
                "streams ended by time with service, store and feed away ("
                    + bench.circumstances()
                    + ")",
                List.of("", "first instant", "second instant"),
                List.of(
                    row("streams", first.ends().closes().size(), second.ends().closes().size()),
                    row("left open", first.ends().open(), second.ends().open()),
                    row("ended early", first.early(), second.early()),
                    List.of(
                        "the first ended late by, ms",
                        Delays.text(-first.earlyMillis()),
                        Delays.text(-second.earlyMillis())),
                    List.of(
                        "the last ended late by, ms",
                        Delays.text(first.lateMillis()),
                        Delays.text(second.lateMillis())),
                    List.of("the last tick was sent late by, ms", Delays.text(sent / 1e6), ""),
                    List.of(
                        "the last tick was received late by, ms",
                        Delays.text(received / 1e6),
                        ""))));
  }

  private static List<String> row(String name, long first, long second) {
    return List.of(
        name, String.format(Locale.ROOT, "%,d", first), String.format(Locale.ROOT, "%,d", second));
  }
}
