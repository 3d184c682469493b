package dev.rolecall.benchmarks.hooks;

import dev.rolecall.benchmarks.Figures;
import dev.rolecall.benchmarks.Run;
import dev.rolecall.benchmarks.Suite;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures each part of a check by itself, each in JVMs of its own. */
public final class HooksSuite implements Suite {

  static final List<Class<?>> BENCHMARKS =
      List.of(
          ServerHooks.class,
          TokenHooks.class,
          HitParts.class,
          Refusals.class,
          ClientHooks.class,
          Readers.class,
          TokenChecks.class,
          PolicyDecisions.class);

  @Override
  public String name() {
    return "hooks";
  }

  @Override
  public String description() {
    return "what each part of a check costs by itself, in nanoseconds and bytes allocated";
  }

  @Override
  public void measure(Run run) throws RunnerException {
    Map<String, Cost> costs = new LinkedHashMap<>();
    run.out().printf("%-28s %10s %10s%n", "one operation", "ns", "B");
    for (Class<?> benchmarks : BENCHMARKS) {
      for (RunResult result : new Runner(options(benchmarks, run.quick()).build()).run()) {
        Cost cost = Cost.of(result);
        costs.put(cost.name(), cost);
        run.out().printf("%-28s %10.1f %10.0f%n", cost.name(), cost.nanos(), cost.bytes());
      }
    }
    new Measured(costs).addTo(run.figures());
  }

  private static ChainedOptionsBuilder options(Class<?> benchmarks, boolean quick) {
    TimeValue iteration = TimeValue.milliseconds(quick ? 200 : 1_000);
    return new OptionsBuilder()
        .include(benchmarks.getName().replace(".", "\\.") + "\\.")
        .addProfiler(GCProfiler.class)
        .addProfiler(WorkerTime.class)
        .forks(quick ? 1 : 3)
        .warmupIterations(5)
        .warmupTime(iteration)
        .measurementIterations(quick ? 6 : 10)
        .measurementTime(iteration)
        // What lives as long as a server is old, and a reference stored in it costs more: young, as
        // all is at first, it would make the cheapest hook look cheaper still.
        .shouldDoGC(true)
        // Compiled at once: else a busy machine would measure code that waits for its compiler.
        .jvmArgsAppend("-Xms512m", "-Xmx512m", "-Xbatch")
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT);
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
      figures.add("token_hit_ratio", nanos("callGuardByToken") / nanos("callGuardByProof"));
      figures.add(
          "token_hit_bytes_more", of("callGuardByToken").bytes() - of("callGuardByProof").bytes());
      figures.add("client_apply_ns", nanos("applyProof") - nanos("noCredentials"));
      figures.add("client_apply_bytes", of("applyProof").bytes() - of("noCredentials").bytes());
      figures.add("client_sign_ns", nanos("signProof"));
      figures.add("proof_read_ns", nanos("readProof"));
      figures.add("forged_refusal_ns", nanos("refuseOverLimit"));
      figures.add("forged_refusal_bytes", of("refuseOverLimit").bytes());
      figures.add("sts_answer_read_ns", nanos("readAnswer"));
      figures.add("token_read_ns", nanos("readToken RS256"));
      for (String algorithm : List.of("RS256", "ES256", "ES384", "EdDSA")) {
        String name = algorithm.toLowerCase(Locale.ROOT);
        figures.add("token_us_" + name, nanos("verifyToken " + algorithm) / 1_000);
        figures.add(
            "token_ratio_" + name,
            nanos("verifyToken " + algorithm) / nanos("verifyBare " + algorithm));
        figures.add(
            "signature_cost_" + name, nanos("verifyBare " + algorithm) / nanos("verifyBare RS256"));
      }
      for (String rules : List.of("1", "100", "10000")) {
        figures.add("policy_known_ns_" + rules, nanos("decideKnown " + rules));
        figures.add("policy_stranger_ns_" + rules, nanos("decideStranger " + rules));
      }
    }
  }
}
