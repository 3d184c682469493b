package dev.rolecall.benchmarks.scale;

import dev.rolecall.benchmarks.Run;
import dev.rolecall.benchmarks.fleet.Echo;
import dev.rolecall.benchmarks.fleet.EchoServer;
import dev.rolecall.benchmarks.fleet.RunFolder;
import dev.rolecall.policy.document.PolicyFile;
import dev.rolecall.policy.document.ReloadResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measures calls during reloads of a large policy: about the largest that fits into a file of 1
 * MiB.
 *
 * @param rules the number of rules besides the one that allows the callers
 * @param reloads the number of reloads
 */
record PolicyReload(int rules, int reloads) {

  void measure(Run run, ScaleBench bench, RunFolder folder) throws Exception {
    Path file = folder.file("policy.yaml");
    write(file, 0);
    PolicyFile policy = PolicyFile.follow(file);
    EchoServer server = bench.guarded(policy, new ClosedCalls());
    Callers callers = Callers.of(bench, server, "reload");
    AtomicInteger generation = new AtomicInteger();
    reload(policy, file, generation.incrementAndGet());
    long[] nanos = {0};
    Callers.Observed seen =
        callers.during(
            reloads, () -> nanos[0] += reload(policy, file, generation.incrementAndGet()));
    double seconds = nanos[0] / 1e9 / reloads;
    double slowest = seen.slowestMillis();
    double elsewhere = seen.slowestElsewhereMillis();
    run.out()
        .printf(
            Locale.ROOT,
            "%d reloads of %,d rules, %.3f s each: p99 %.1f ms without, slowest call %.1f ms, and"
                + " %.1f ms in as long a time without; %d of %,d calls failed%n",
            reloads,
            rules,
            seconds,
            seen.usualMillis(),
            slowest,
            elsewhere,
            seen.failed(),
            seen.calls().made());
    run.figures().add("reload_seconds", seconds);
    run.figures().add("reload_p99_ms", seen.usualMillis());
    run.figures().add("reload_slowest_ms", slowest);
    run.figures().add("reload_slowest_elsewhere_ms", elsewhere);
    run.figures().add("reload_failed", seen.failed());
  }

  private long reload(PolicyFile policy, Path file, int generation) throws IOException {
    write(file, generation);
    long from = System.nanoTime();
    ReloadResult result = policy.reloadNow();
    long took = System.nanoTime() - from;
    if (!(result instanceof ReloadResult.Reloaded)) {
      throw new IllegalStateException("the policy was not taken: " + result);
    }
    return took;
  }

  /** Every rule differs from the last generation's. */
  private void write(Path file, int generation) throws IOException {
    StringBuilder text = new StringBuilder("name: scale\nallow_rules:\n");
    for (int i = 0; i < rules; i++) {
      String role = Integer.toString(i, Character.MAX_RADIX);
      text.append("- {name: r").append(role);
      text.append(",source: {principals: [\"arn:aws:iam::111122223333:role/").append(role);
      text.append("\"]},request: {paths: [\"/a.B/").append((char) ('A' + generation % 26));
      text.append("\"]}}\n");
    }
    text.append("- {name: callers,source: {principals: [\"").append(ScaleBench.everyRole());
    text.append("\"]},request: {paths: [\"").append(Echo.ALL).append("\"]}}\n");
    Files.writeString(file, text);
  }
}
