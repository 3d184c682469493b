package dev.rolecall.benchmarks.grants;

import dev.rolecall.benchmarks.Run;
import dev.rolecall.benchmarks.Suite;
import dev.rolecall.benchmarks.fleet.ChildProcess;
import dev.rolecall.benchmarks.fleet.RunCertificate;
import dev.rolecall.benchmarks.fleet.RunFolder;
import dev.rolecall.benchmarks.pace.Terminal;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.testsupport.LocalPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Measures access for a time on a whole system: an access service, 20 guarded servers that follow
 * it, and clients with many live streams, all over TLS with real proofs. Fails where a goal is
 * missed.
 */
public final class AccessSuite implements Suite {

  private static final List<String> MEMORY_HEAP = List.of("-Xmx1g");

  /** What a machine may need to open the crowd, where it was not measured. */
  private static final Duration OPENING = Duration.ofSeconds(60);

  @Override
  public String name() {
    return "access";
  }

  @Override
  public String description() {
    return "revocations and timed ends beside many live streams";
  }

  @Override
  public void measure(Run run) throws Exception {
    Terminal.showWarningsOnly();
    Sizes sizes = Sizes.of(run.quick());
    memory(run, sizes);
    try (RunFolder folder = RunFolder.make();
        StsEmulator sts = StsEmulator.start()) {
      Path file = folder.file("server.p12");
      RunCertificate certificate = RunCertificate.make(file);
      Path rules = Files.writeString(folder.file("rules.yaml"), Corp.rules());
      Service.Place place =
          new Service.Place(certificate, file, rules, sts, AccessClient.Keys.of(sts));
      run.out().println("starting the processes of enforcers and clients");
      try (Fleet fleet = Fleet.start(file, sts);
          Pushes pushes = Pushes.start(certificate)) {
        fleet.listen(pushes);
        introduce(fleet, sts);
        Bench bench = new Bench(run, sizes, place, fleet, pushes, new Reasons());
        streams(bench, folder);
      }
    }
  }

  private static void memory(Run run, Sizes sizes) throws Exception {
    run.out().printf(Locale.ROOT, "measuring the memory of %,d grants%n", sizes.grants());
    try (ChildProcess process = ChildProcess.start(GrantMemory.class, MEMORY_HEAP, List.of())) {
      double bytes = Double.parseDouble(process.ask(GrantMemory.MEASURE + " " + sizes.grants()));
      run.out().printf(Locale.ROOT, "  a grant takes %.0f bytes in an enforcer%n", bytes);
      Bench.judge(run, "bytes_per_grant", bytes);
    }
  }

  private static void introduce(Fleet fleet, StsEmulator sts) {
    for (int i = 0; i < Sizes.HOLDERS; i++) {
      fleet.know(Bench.holder(i), Corp.engineer(sts, Bench.holder(i)));
    }
    for (int i = 0; i < Sizes.VICTIMS; i++) {
      fleet.know(Bench.victim(i), Corp.engineer(sts, Bench.victim(i)));
    }
  }

  private static void streams(Bench bench, RunFolder folder) throws Exception {
    Run run = bench.run();
    Optional<Path> programs = LocalPostgres.programs();
    long opening = OPENING.toNanos();
    if (programs.isPresent()) {
      opening = new RevokedStreams(bench).measure(programs.get());
    } else {
      run.doubt(
          "revocations on PostgreSQL were not measured: no server programs are found (to measure"
              + " with it: "
              + LocalPostgres.HOW_TO_GET
              + ", by JAVA_TOOL_OPTIONS)");
    }
    new TimedStreams(bench, Clock.systemUTC()).measure(folder.file("data"), opening);
    Reasons reasons = bench.reasons();
    run.out()
        .printf(
            Locale.ROOT,
            "%,d streams ended, %,d with a wrong reason or none %s, %,d left open%n",
            reasons.ended(),
            reasons.wrong(),
            reasons.wrongOnes(),
            reasons.leftOpen());
    run.figures().add("ended_streams", reasons.ended());
    Bench.judge(run, "wrong_reasons", reasons.wrong());
    if (reasons.leftOpen() > 0) {
      run.miss(reasons.leftOpen() + " streams did not end (goal: all)");
    }
    if (reasons.stale() > 0) {
      run.doubt(
          reasons.stale()
              + " streams ended as an outage: the machine was too busy for the news of grants");
    }
  }
}
