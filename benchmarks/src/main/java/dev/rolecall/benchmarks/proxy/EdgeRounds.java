package dev.rolecall.benchmarks.proxy;

import static java.util.Objects.requireNonNull;

import dev.rolecall.benchmarks.Run;
import dev.rolecall.benchmarks.compare.Calls;
import dev.rolecall.benchmarks.compare.Comparison;
import dev.rolecall.benchmarks.compare.Noise;
import dev.rolecall.benchmarks.compare.Rounds;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The results of the edges, by kind of calls. For one thread. */
final class EdgeRounds {

  private static final Set<Edge> OURS = Set.of(Edge.RELAY, Edge.RELAY_AGAIN);
  private static final Set<Edge> ENVOY = Set.of(Edge.ENVOY);

  private final Map<Traffic, Rounds<Edge>> cpu = new EnumMap<>(Traffic.class);
  private final Rounds<Edge> lone = new Rounds<>();

  EdgeRounds() {
    for (Traffic each : Traffic.values()) {
      cpu.put(each, new Rounds<>());
    }
  }

  /** Adds what an edge did in the round that goes on. */
  void add(Traffic traffic, Edge edge, Calls calls, long cpuNanos) {
    if (edge != Edge.DIRECT) {
      cpu(traffic).add(edge, cpuNanos / 1e3 / calls.count());
    }
    if (traffic == Traffic.LONE) {
      lone.add(edge, calls.microsEach());
    }
  }

  private Rounds<Edge> cpu(Traffic traffic) {
    return requireNonNull(cpu.get(traffic), "rounds");
  }

  /** How far the two relays are apart. */
  double noise() {
    return cpu(Traffic.SMALL).noise(Edge.RELAY, Edge.RELAY_AGAIN);
  }

  /** Adds tables and figures. */
  void report(Run run) {
    for (Traffic traffic : Traffic.values()) {
      show(run, "CPU of the edge's process a call, " + traffic.title(), cpu(traffic));
    }
    show(run, "time of a lone call, mean", lone);
    run.figures().add("relay_cpu_ratio", ratio(Traffic.SMALL));
    run.figures().add("relay_cpu_ratio_one_at_a_time", ratio(Traffic.LONE));
    run.figures().add("relay_64k_cpu_ratio", ratio(Traffic.LARGE));
    run.figures().add("relay_added_time_ratio", lone.addedRatio(OURS, ENVOY, Edge.DIRECT).median());
    Noise.judge(
        run, "relay", noise(), "relay_cpu_ratio", "relay_64k_cpu_ratio", "relay_added_time_ratio");
  }

  private double ratio(Traffic traffic) {
    return cpu(traffic).ratio(OURS, ENVOY).median();
  }

  private static void show(Run run, String title, Rounds<Edge> rounds) {
    Comparison<Edge> table = new Comparison<>(title, rounds);
    for (Edge each : List.of(Edge.values())) {
      if (rounds.has(each)) {
        table.row(each.title(), each, OURS);
      }
    }
    run.show(table.table());
  }
}
