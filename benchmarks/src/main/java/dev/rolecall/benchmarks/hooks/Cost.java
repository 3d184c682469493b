package dev.rolecall.benchmarks.hooks;

import java.util.Arrays;
import java.util.Collection;
import java.util.stream.DoubleStream;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * The cost of one operation.
 *
 * @param name the benchmark's method, and its parameter if it has one
 * @param nanos CPU time, by the tenth percentile of the iterations: other work on the machine makes
 *     some slower and none faster
 * @param bytes allocated, by the median iteration
 */
record Cost(String name, double nanos, double bytes) {

  private static final String ALLOCATED = "gc.alloc.rate.norm";

  static Cost of(RunResult run) {
    Collection<IterationResult> iterations =
        run.getBenchmarkResults().stream()
            .map(BenchmarkResult::getIterationResults)
            .flatMap(Collection::stream)
            .toList();
    return new Cost(
        name(run.getParams()),
        quantile(0.1, iterations.stream().mapToDouble(i -> score(i, WorkerTime.RESULT))),
        quantile(0.5, iterations.stream().mapToDouble(i -> score(i, ALLOCATED))));
  }

  private static String name(BenchmarkParams params) {
    String method = params.getBenchmark().substring(params.getBenchmark().lastIndexOf('.') + 1);
    return params.getParamsKeys().stream()
        .map(params::getParam)
        .reduce(method, (name, value) -> name + " " + value);
  }

  private static double score(IterationResult iteration, String name) {
    Result<?> result = iteration.getSecondaryResults().get(name);
    if (result == null) {
      throw new IllegalStateException(name + ": no profiler gave it");
    }
    return result.getScore();
  }

  private static double quantile(double share, DoubleStream values) {
    double[] sorted = values.toArray();
    Arrays.sort(sorted);
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }
}
