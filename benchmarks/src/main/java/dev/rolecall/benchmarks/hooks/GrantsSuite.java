package dev.rolecall.benchmarks.hooks;

import dev.rolecall.benchmarks.Quartiles;
import dev.rolecall.benchmarks.Run;
import dev.rolecall.benchmarks.Suite;
import dev.rolecall.benchmarks.Table;
import dev.rolecall.guard.CallGuard;
import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Measures a call under a grant against one under a plain rule: CPU and bytes of a hit, and the
 * heap of a live call. JVMs of each kind run in turn, and each difference is of one turn.
 */
public final class GrantsSuite implements Suite {

  static final List<Class<?>> BENCHMARKS = List.of(GrantHooks.class);

  private static final String BY_RULE = "callGuardByRule";
  private static final String BY_GRANT = "callGuardByGrant";

  @Override
  public String name() {
    return "grants";
  }

  @Override
  public String description() {
    return "a call under a grant of access for a time against one under a plain rule";
  }

  @Override
  public void measure(Run run) throws RunnerException {
    int turns = run.quick() ? 3 : 7;
    List<Map<String, Cost>> all = new ArrayList<>();
    for (int turn = 0; turn < turns; turn++) {
      Map<String, Cost> costs = new LinkedHashMap<>();
      // First the one, then the other.
      for (String method :
          turn % 2 == 0 ? List.of(BY_RULE, BY_GRANT) : List.of(BY_GRANT, BY_RULE)) {
        for (RunResult result :
            new Runner(
                    Forks.of(run.quick())
                        .include(Forks.one(GrantHooks.class, method))
                        .forks(1)
                        .build())
                .run()) {
          Cost cost = Cost.of(result);
          costs.put(cost.name(), cost);
        }
      }
      all.add(costs);
      run.out().printf("turn %d of %d%n", turn + 1, turns);
    }
    Quartiles nanos = difference(all, Cost::nanos);
    Quartiles bytes = difference(all, Cost::bytes);
    StreamMemory memory = new StreamMemory(run.quick() ? 20_000 : 50_000);
    double plain = memory(memory, GrantedServers::byRule);
    double granted = memory(memory, GrantedServers::byGrant);
    run.show(
        new Table(
            "a call under a grant, less one under a plain rule",
            List.of("", "lower", "median", "upper"),
            List.of(row("CPU of a hit, ns", nanos), row("allocated by a hit, bytes", bytes))));
    run.out()
        .printf(
            Locale.ROOT,
            "a live call on a connection of its own: %,.0f bytes by a rule, %,.0f by a grant%n",
            plain,
            granted);
    run.figures().add("grant_hit_ns_more", nanos.median());
    run.figures().add("grant_hit_bytes_more", 0.0 + Math.rint(bytes.median()));
    run.figures().add("grant_stream_bytes_more", granted - plain);
  }

  private static Quartiles difference(
      List<Map<String, Cost>> turns, Function<Cost, Double> figure) {
    return Quartiles.of(
        turns.stream()
            .map(turn -> figure.apply(of(turn, BY_GRANT)) - figure.apply(of(turn, BY_RULE)))
            .toList());
  }

  private static Cost of(Map<String, Cost> turn, String name) {
    Cost cost = turn.get(name);
    if (cost == null) {
      throw new IllegalStateException(name + ": not measured");
    }
    return cost;
  }

  private static double memory(StreamMemory memory, Supplier<CallGuard> server) {
    try (CallGuard guard = server.get()) {
      return memory.behind(guard);
    }
  }

  private static List<String> row(String name, Quartiles values) {
    return List.of(
        name,
        String.format(Locale.ROOT, "%.1f", values.low()),
        String.format(Locale.ROOT, "%.1f", values.median()),
        String.format(Locale.ROOT, "%.1f", values.high()));
  }

  /**
   * The heap that live calls take behind a guard: the live heap after a full collection with all of
   * them, less the live heap before. Each call has a connection of its own, which is the most that
   * a grant can add.
   *
   * @param streams their number
   */
  private record StreamMemory(int streams) {

    private static final int COLLECTIONS = 4;
    private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.1", 50_051);

    /** The bytes a stream. */
    double behind(CallGuard guard) {
      ReceivedHeaders headers = new ReceivedHeaders("Bearer " + SignedProofs.text());
      List<ServerCall.Listener<String>> live = new ArrayList<>(streams);
      open(guard, headers, live, 1_000);
      complete(live);
      long before = liveBytes();
      open(guard, headers, live, streams);
      long after = liveBytes();
      complete(live);
      return (double) (after - before) / streams;
    }

    private static void open(
        CallGuard guard,
        ReceivedHeaders headers,
        List<ServerCall.Listener<String>> live,
        int count) {
      for (int i = 0; i < count; i++) {
        Attributes connection =
            Attributes.newBuilder().set(Grpc.TRANSPORT_ATTR_REMOTE_ADDR, PEER).build();
        UnaryCall call = new UnaryCall(connection);
        Metadata metadata = headers.metadata();
        ServerCall.Listener<String> events = guard.interceptCall(call, metadata, UnaryCall::answer);
        if (call.operations() == 0) {
          throw new IllegalStateException("the guard does not admit the call");
        }
        live.add(events);
      }
    }

    /** The last event of each: the guard forgets it. */
    private static void complete(List<ServerCall.Listener<String>> live) {
      live.forEach(ServerCall.Listener::onComplete);
      live.clear();
    }

    private static long liveBytes() {
      for (int i = 0; i < COLLECTIONS; i++) {
        System.gc();
      }
      return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
  }
}
