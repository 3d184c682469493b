package dev.rolecall.benchmarks.proxy;

import dev.rolecall.benchmarks.Goal;
import dev.rolecall.benchmarks.Quartiles;
import dev.rolecall.benchmarks.Run;
import dev.rolecall.benchmarks.compare.Jvm;
import dev.rolecall.benchmarks.fleet.ChildProcess;
import dev.rolecall.benchmarks.fleet.OneClock;
import dev.rolecall.benchmarks.fleet.ProcessCpu;
import dev.rolecall.benchmarks.grants.Ended;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Idle streams through a relay: the heap of each, and the time from a change of the policy until
 * its client is told the end.
 */
final class StreamPart {

  private static final int CONNECTIONS = 50;
  private static final int WARM_UP = 2;
  private static final int STREAMS = 5_000;
  private static final String EXPECTED = "PERMISSION_DENIED/METHOD_NOT_ALLOWED";

  private final Edges.Setting setting;

  StreamPart(Edges.Setting setting) {
    this.setting = setting;
  }

  void measure(Run run, Plan plan) throws IOException, InterruptedException {
    String certificate = setting.certificate().file().toString();
    run.out().printf("streams: %,d, ended %d times%n", STREAMS, plan.revocations());
    try (ChildProcess upstream =
            ChildProcess.start(EdgeUpstream.class, Jvm.SMALL, List.of(certificate));
        ChildProcess client =
            ChildProcess.start(
                EdgeClient.class, Jvm.SMALL, List.of(certificate, setting.sts().toString()));
        ChildProcess relay = Edges.relay(setting, upstream.ask("plain"))) {
      client.ask("keys " + setting.keys().text());
      OneClock.check(relay);
      StreamEnds ends = new StreamEnds(EXPECTED);
      List<Double> heaps = new ArrayList<>();
      List<Double> micros = new ArrayList<>();
      // The first times make what lasts, such as classes, and are not counted.
      for (int i = -WARM_UP; i < plan.revocations(); i++) {
        double bytes = open(client, relay);
        long cpu = ProcessCpu.nanos(relay.pid());
        long from = Long.parseLong(relay.ask("deny"));
        Ended ended = Ended.parse(client.ask("ended"));
        cpu = ProcessCpu.nanos(relay.pid()) - cpu;
        relay.ask("allow");
        if (i >= 0) {
          heaps.add(bytes);
          micros.add(cpu / 1e3 / STREAMS);
          ends.add(from, ended);
        }
      }
      run.figures().add("relay_stream_end_cpu_us", Quartiles.of(micros).median());
      report(run, ends, heaps);
    }
  }

  /** Opens all streams, and returns the heap that each takes beyond its connection. */
  private static double open(ChildProcess client, ChildProcess relay)
      throws IOException, InterruptedException {
    String hold = "hold " + relay.ask("port") + " " + CONNECTIONS + " ";
    client.ask(hold + 1);
    long before = Long.parseLong(relay.ask("heap"));
    int more = STREAMS / CONNECTIONS - 1;
    client.ask(hold + more);
    return (double) (Long.parseLong(relay.ask("heap")) - before) / (more * CONNECTIONS);
  }

  private static void report(Run run, StreamEnds ends, List<Double> heaps) {
    run.figures().add("relay_stream_bytes", Quartiles.of(heaps).median());
    run.figures().add("relay_stream_end_p50_ms", ends.millis(0.5));
    run.figures().add("relay_stream_end_p99_ms", ends.millis(0.99));
    run.figures().add("relay_wrong_reasons", ends.wrong());
    for (String figure :
        List.of("relay_stream_bytes", "relay_stream_end_p99_ms", "relay_wrong_reasons")) {
      Goal goal = Goal.of(figure).orElseThrow();
      double value = run.figures().all().getOrDefault(figure, Double.NaN);
      if (!goal.isReachedBy(value)) {
        run.miss(String.format(Locale.ROOT, "%s: %.1f (%s)", figure, value, goal.target()));
      }
    }
    if (ends.wrong() > 0) {
      run.out().println("ends: " + ends.reasons());
    }
  }
}
