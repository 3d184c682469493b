package dev.rolecall.benchmarks.hooks;

import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The options of JMH for the JVMs that benchmarks run in. */
final class Forks {

  private Forks() {}

  /** The expression for all benchmarks of a class. */
  static String all(Class<?> benchmarks) {
    return Pattern.quote(benchmarks.getName() + ".");
  }

  /** The expression for one of them. */
  static String one(Class<?> benchmarks, String method) {
    return "^" + Pattern.quote(benchmarks.getName() + "." + method) + "$";
  }

  /** All but the benchmarks and the count of JVMs. */
  static ChainedOptionsBuilder of(boolean quick) {
    TimeValue iteration = TimeValue.milliseconds(quick ? 200 : 1_000);
    return new OptionsBuilder()
        .addProfiler(GCProfiler.class)
        .addProfiler(WorkerTime.class)
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
}
