package dev.rolecall.benchmarks.proxy;

import dev.rolecall.benchmarks.Run;
import dev.rolecall.benchmarks.compare.Comparison;
import dev.rolecall.benchmarks.compare.Noise;
import dev.rolecall.benchmarks.compare.Rounds;
import dev.rolecall.benchmarks.fleet.CallerKeys;
import dev.rolecall.benchmarks.fleet.Orders;
import dev.rolecall.benchmarks.fleet.RunFolder;
import dev.rolecall.stsemulator.StsEmulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The CPU of the checker's process for each Check, against that of other servers. */
final class CheckerPart {

  private static final int CALLERS = 1_000;

  private final RunFolder folder;
  private final StsEmulator sts;

  CheckerPart(RunFolder folder, StsEmulator sts) {
    this.folder = folder;
    this.sts = sts;
  }

  void measure(Run run, Plan plan) throws IOException, InterruptedException {
    Optional<OpaProgram> opa =
        OpaProgram.build(Path.of(System.getProperty("rolecall.checkout", "")));
    Rounds<Checking> cpu = new Rounds<>();
    int fleets = 0;
    do {
      fleets++;
      // Anew, so that none ends meanwhile.
      Checkers.Setting setting =
          new Checkers.Setting(credentials(), sts.endpoint(), folder.file("opa.log"), opa);
      run.out().printf("checkers, fleet %d of at least %d%n", fleets, plan.fleets());
      try (Checkers checkers = Checkers.start(setting, plan.warmUpCalls())) {
        for (int i = 0; i < plan.rounds(); i++) {
          checkers.round(cpu, plan.slice());
        }
      }
    } while (fleets < plan.fleets() || (Noise.isTooMuch(noise(cpu)) && fleets < plan.mostFleets()));
    report(run, cpu);
    if (opa.isEmpty()) {
      run.doubt("checker_opa_cpu_ratio is left out: Go is not installed, or could not build it");
    }
  }

  private static double noise(Rounds<Checking> cpu) {
    return cpu.noise(Checking.ROLECALL, Checking.ROLECALL_AGAIN);
  }

  private static void report(Run run, Rounds<Checking> cpu) {
    Set<Checking> ours = Set.of(Checking.ROLECALL, Checking.ROLECALL_AGAIN);
    Comparison<Checking> table = new Comparison<>("CPU of the server's process a Check", cpu);
    for (Checking each : Checking.values()) {
      if (cpu.has(each)) {
        table.row(each.title(), each, ours);
      }
    }
    run.show(table.table());
    run.figures().add("checker_cpu_ratio", cpu.ratio(ours, Set.of(Checking.TRIVIAL)).median());
    if (cpu.has(Checking.OPA)) {
      run.figures().add("checker_opa_cpu_ratio", cpu.ratio(ours, Set.of(Checking.OPA)).median());
    }
    Noise.judge(run, "checker", noise(cpu), "checker_cpu_ratio", "checker_opa_cpu_ratio");
  }

  /** A bearer proof of each caller, in a file that only this user can read. */
  private Path credentials() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      CallerKeys keys = CallerKeys.of(sts.addRole("arn:aws:iam::111122223333:role/caller-" + i));
      lines.add("Bearer " + Orders.bearerProof(sts.endpoint(), keys).text());
    }
    return Files.write(folder.file("credentials"), lines);
  }
}
