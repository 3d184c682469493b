package dev.rolecall.benchmarks.flood;

import dev.rolecall.benchmarks.Figures;
import dev.rolecall.benchmarks.Run;
import dev.rolecall.benchmarks.Suite;
import dev.rolecall.benchmarks.fleet.ChildProcess;
import dev.rolecall.benchmarks.fleet.RunCertificate;
import dev.rolecall.benchmarks.fleet.RunFolder;
import dev.rolecall.benchmarks.pace.Terminal;
import dev.rolecall.stsemulator.Fault;
import dev.rolecall.stsemulator.StsEmulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Honest callers beside a flood of forged proofs from other peers: whether they are served, what
 * refusing costs against a server that refuses without a thought, and what STS is asked.
 */
public final class FloodSuite implements Suite {

  /** About what STS takes within its Region. */
  private static final Duration STS_DELAY = Duration.ofMillis(20);

  private static final int SOME = 1_000;
  private static final int MANY = 10_000;
  private static final double ENOUGH = 0.95;

  /** A verifier's defaults: at once, then a second, and four of each address at first sight. */
  private static final int REFUSALS_AT_ONCE = 256 + 4 * Attackers.PEERS;

  private static final int REFUSALS_PER_SECOND = 200;

  @Override
  public String name() {
    return "flood";
  }

  @Override
  public String description() {
    return "honest callers beside forged proofs, and what STS is asked";
  }

  @Override
  public void measure(Run run) throws Exception {
    Terminal.showWarningsOnly();
    try (RunFolder folder = RunFolder.make()) {
      Path file = folder.file("server.p12");
      RunCertificate certificate = RunCertificate.make(file);
      List<String> arguments = List.of(file.toString());
      try (StsEmulator sts = StsEmulator.start();
          ChildProcess servers = ChildProcess.start(FloodedServers.class, List.of(), arguments);
          ChildProcess attackers = ChildProcess.start(Attackers.class, List.of(), arguments);
          Flood flood = new Flood(certificate, sts, servers, attackers)) {
        sts.fail(Fault.delayed(STS_DELAY));
        warmUp(run, flood);
        steady(run, flood);
        races(run, flood);
      }
    }
  }

  private static void warmUp(Run run, Flood flood) throws Exception {
    Duration warmUp = Duration.ofSeconds(run.quick() ? 12 : 60);
    double bareCompilers = flood.warmUp(flood.refusing(), warmUp);
    double compilers = flood.warmUp(flood.guarded(), warmUp);
    run.out()
        .printf(
            Locale.ROOT,
            "warmed up: in the last seconds the compilers took %.0f %% of a core for the server that"
                + " refuses at once, %.0f %% for the guarded one%n",
            100 * bareCompilers,
            100 * compilers);
  }

  private static void steady(Run run, Flood flood) throws Exception {
    Duration time = Duration.ofSeconds(run.quick() ? 3 : 15);
    Phase bareCalm = say(run, "refused at once, calm", flood.steady(flood.refusing(), 0, time));
    Phase bare = say(run, "refused at once", flood.steady(flood.refusing(), MANY, time));
    Phase calm = say(run, "guarded, calm", flood.steady(flood.guarded(), 0, time));
    Phase some = say(run, "guarded", flood.steady(flood.guarded(), SOME, time));
    Phase many = say(run, "guarded", flood.steady(flood.guarded(), MANY, time));
    if (many.flood().perSecond() < ENOUGH * MANY) {
      run.doubt("flood: fewer forged proofs a second than were to be sent");
    }
    if (calm.knownServed() < ENOUGH) {
      run.doubt("flood: not all honest calls are served without one either");
    }
    Figures figures = run.figures();
    figures.add("forged_per_second", many.flood().perSecond());
    figures.add("honest_rate_under_flood", many.knownServed() / calm.knownServed());
    figures.add("honest_rate_under_tenth_of_flood", some.knownServed() / calm.knownServed());
    figures.add("newcomers_served_under_flood", many.newcomersServed());
    figures.add("honest_p99_ms_calm", calm.p99Millis());
    figures.add("honest_p99_ms_under_flood", many.p99Millis());
    figures.add("honest_p99_ms_under_bare_flood", bare.p99Millis());
    figures.add("refusal_cpu_us", many.cpuMicrosPerForgedCall(calm));
    figures.add("bare_refusal_cpu_us", bare.cpuMicrosPerForgedCall(bareCalm));
    figures.add("sts_refusals_per_second", many.stsRefusals() / many.flood().seconds());
    figures.add("sts_refusals_share_of_limit", shareOfLimit(many));
  }

  private static double shareOfLimit(Phase phase) {
    return phase.stsRefusals() / (REFUSALS_AT_ONCE + REFUSALS_PER_SECOND * phase.flood().seconds());
  }

  private static Phase say(Run run, String name, Phase phase) {
    run.out().print(phase.text(name));
    return phase;
  }

  /** Each server in turn, so that what the machine does to one it does to the other. */
  private static void races(Run run, Flood flood) throws Exception {
    int pairs = run.quick() ? 3 : 9;
    Duration time = Duration.ofSeconds(run.quick() ? 1 : 5);
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      Flood.Race bare = flood.race(flood.refusing(), MANY, time);
      Flood.Race guarded = flood.race(flood.guarded(), MANY, time);
      ratios.add(guarded.honestPerSecond() / bare.honestPerSecond());
      run.out()
          .printf(
              Locale.ROOT,
              "as fast as it goes: refused at once %,.0f honest calls/s beside %,.0f forged,"
                  + " guarded %,.0f beside %,.0f%n",
              bare.honestPerSecond(),
              bare.flood().perSecond(),
              guarded.honestPerSecond(),
              guarded.flood().perSecond());
    }
    ratios.sort(null);
    run.figures().add("honest_closed_loop_ratio_under_flood", ratios.get(pairs / 2));
  }
}
