package dev.rolecall.benchmarks.scale;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rolecall.benchmarks.Figures;
import dev.rolecall.benchmarks.Run;
import dev.rolecall.benchmarks.Suite;
import dev.rolecall.benchmarks.fleet.RunCertificate;
import dev.rolecall.benchmarks.fleet.RunFolder;
import dev.rolecall.benchmarks.pace.Terminal;
import java.io.OutputStream;
import java.io.PrintStream;

/** Measures what grows with callers, servers and rules. */
public final class ScaleSuite implements Suite {

  private static final int WARM_UP = 100;

  /** One part, on a bench of its own. */
  @FunctionalInterface
  private interface Part {
    void measure(ScaleBench bench) throws Exception;
  }

  @Override
  public String name() {
    return "scale";
  }

  @Override
  public String description() {
    return "questions to STS, memory, cold start, reload of a policy and renewal of proofs";
  }

  @Override
  public void measure(Run run) throws Exception {
    Terminal.showWarningsOnly();
    try (RunFolder folder = RunFolder.make()) {
      RunCertificate certificate = RunCertificate.make(folder.file("server.p12"));
      measure(run, certificate, folder);
    }
  }

  private static void measure(Run run, RunCertificate certificate, RunFolder folder)
      throws Exception {
    boolean quick = run.quick();
    on(certificate, bench -> new StsCalls(quick ? 100 : 1_000, 100, 3).measure(run, bench));
    on(certificate, bench -> new CallerMemory(quick ? 10_000 : 100_000).measure(run, bench));
    // The first start of all would pay for loading classes.
    on(certificate, bench -> new ColdStart(WARM_UP, 1).measure(aside(run), bench));
    on(certificate, bench -> new ColdStart(1_000, quick ? 1 : 3).measure(run, bench));
    on(certificate, bench -> new PolicyReload(10_000, quick ? 5 : 20).measure(run, bench, folder));
    on(certificate, bench -> new ProofRenewal(quick ? 5 : 20).measure(run, bench));
  }

  /** Where what does not count goes. */
  private static Run aside(Run run) {
    return new Run(
        run.quick(), new Figures(), new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
  }

  private static void on(RunCertificate certificate, Part part) throws Exception {
    try (ScaleBench bench = new ScaleBench(certificate)) {
      part.measure(bench);
    }
  }
}
