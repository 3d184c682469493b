package dev.rolecall.benchmarks.mutual;

import dev.rolecall.benchmarks.Run;
import dev.rolecall.benchmarks.Suite;
import dev.rolecall.benchmarks.fleet.RunCertificate;
import dev.rolecall.benchmarks.fleet.RunFolder;
import dev.rolecall.benchmarks.pace.Terminal;
import java.time.Duration;
import java.util.List;

/** Attested TLS against mutual TLS with ordinary certificates: a call, and a connection. */
public final class MutualSuite implements Suite {

  private static final double MOST_NOISE = 0.03;

  @Override
  public String name() {
    return "mutual";
  }

  @Override
  public String description() {
    return "attested TLS against mutual TLS with ordinary certificates";
  }

  @Override
  public void measure(Run run) throws Exception {
    Terminal.showWarningsOnly();
    try (RunFolder folder = RunFolder.make();
        MutualServers servers = new MutualServers(RunCertificate.make(folder.file("both.p12")))) {
      boolean quick = run.quick();
      new PerCall(quick ? 6 : 30, Duration.ofMillis(quick ? 700 : 2_000)).measure(run, servers);
      new Handshakes(quick ? 5 : 20, quick ? 20 : 50).measure(run, servers);
      for (String noise : List.of("mutual_noise", "mutual_handshake_noise")) {
        double share = run.figures().all().getOrDefault(noise, 0.0);
        if (share > MOST_NOISE) {
          run.doubt(noise + ": the two plain copies are more than 3 % apart");
        }
      }
    }
  }
}
