package dev.rolecall.benchmarks.proxy;

import dev.rolecall.benchmarks.Run;
import dev.rolecall.benchmarks.compare.Noise;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;

/** The cost of a call at the relay, against that at Envoy. */
final class EdgePart {

  private final Edges.Setting setting;

  EdgePart(Edges.Setting setting) {
    this.setting = setting;
  }

  void measure(Run run, Plan plan)
      throws IOException, InterruptedException, GeneralSecurityException {
    Optional<Path> envoy = Envoy.program();
    if (envoy.isEmpty()) {
      run.doubt("the relay is not compared: no Envoy (expected: its path in ROLECALL_ENVOY)");
      return;
    }
    EdgeRounds rounds = new EdgeRounds();
    int fleets = 0;
    do {
      fleets++;
      run.out().printf("edges, fleet %d of at least %d%n", fleets, plan.fleets());
      try (Edges edges = Edges.start(setting, envoy.get(), plan.warmUpCalls())) {
        for (int i = 0; i < plan.rounds(); i++) {
          for (Traffic traffic : Traffic.values()) {
            edges.round(rounds, traffic, plan.slice());
          }
        }
      }
    } while (fleets < plan.fleets()
        || (Noise.isTooMuch(rounds.noise()) && fleets < plan.mostFleets()));
    rounds.report(run);
  }
}
