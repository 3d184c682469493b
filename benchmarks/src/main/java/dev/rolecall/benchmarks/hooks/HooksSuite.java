package dev.rolecall.benchmarks.hooks;

import dev.rolecall.benchmarks.Figures;
import dev.rolecall.benchmarks.Run;
import dev.rolecall.benchmarks.Suite;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;

/** Measures each part of a check by itself, each in JVMs of its own. */
public final class HooksSuite implements Suite {

  static final List<Class<?>> BENCHMARKS =
      List.of(
          ServerHooks.class,
          HitParts.class,
          Refusals.class,
          ClientHooks.class,
          Readers.class,
          PolicyDecisions.class);

  @Override
  public String name() {
    return "hooks";
  }

  @Override
  public String description() {
    return "what each part of a check costs by itself, in nanoseconds and bytes allocated";
  }

  private static Options options(Class<?> benchmarks, boolean quick) {
    return Forks.of(quick).include(Forks.all(benchmarks)).forks(quick ? 1 : 3).build();
  }

  @Override
  public void measure(Run run) throws RunnerException {
    Map<String, Cost> costs = new LinkedHashMap<>();
    run.out().printf("%-28s %10s %10s%n", "one operation", "ns", "B");
    for (Class<?> benchmarks : BENCHMARKS) {
      for (RunResult result : new Runner(options(benchmarks, run.quick())).run()) {
        Cost cost = Cost.of(result);
        costs.put(cost.name(), cost);
        run.out().printf("%-28s %10.1f %10.0f%n", cost.name(), cost.nanos(), cost.bytes());
      }
    }
    new Measured(costs).addTo(run.figures());
  }

  /** The costs by name, and what follows from them. */
  private record Measured(Map<String, Cost> costs) {

    private double nanos(String name) {
      return of(name).nanos();
    }

    private Cost of(String name) {
      Cost cost = costs.get(name);
      if (cost == null) {
        throw new IllegalStateException(name + ": not measured");
      }
      return cost;
    }

    /** How many times {@code Contexts.interceptCall} a hook costs: the least that any can cost. */
    private double ratio(String hook) {
      double none = nanos("noInterceptor");
      return (nanos(hook) - none) / (nanos("contextsInterceptCall") - none);
    }

    void addTo(Figures figures) {
      figures.add("hook_ratio", ratio("callGuard"));
      figures.add("hook_ratio_caffeine_by_token", ratio("caffeineByToken"));
      figures.add("hook_ratio_sha256_then_caffeine", ratio("sha256ThenCaffeine"));
      figures.add("hook_added_ns", nanos("callGuard") - nanos("noInterceptor"));
      figures.add("hook_added_bytes", of("callGuard").bytes() - of("noInterceptor").bytes());
      figures.add(
          "hit_part_ns_cancellable_context",
          nanos("contextsThatCanBeCancelled") - nanos("contextsInterceptCall"));
      figures.add("hit_part_ns_clock", nanos("readClock"));
      figures.add("hit_part_ns_header", nanos("findOnlyHeader"));
      figures.add("hit_part_ns_gate", nanos("passGate"));
      figures.add("hit_part_ns_place", nanos("takePlace"));
      figures.add("client_apply_ns", nanos("applyProof") - nanos("noCredentials"));
      figures.add("client_apply_bytes", of("applyProof").bytes() - of("noCredentials").bytes());
      figures.add("client_sign_ns", nanos("signProof"));
      figures.add("proof_read_ns", nanos("readProof"));
      figures.add("forged_refusal_ns", nanos("refuseOverLimit"));
      figures.add("forged_refusal_bytes", of("refuseOverLimit").bytes());
      figures.add("sts_answer_read_ns", nanos("readAnswer"));
      for (String rules : List.of("1", "100", "10000")) {
        figures.add("policy_known_ns_" + rules, nanos("decideKnown " + rules));
        figures.add("policy_stranger_ns_" + rules, nanos("decideStranger " + rules));
      }
    }
  }
}
