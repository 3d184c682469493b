package dev.rolecall.benchmarks.flood;

import dev.rolecall.benchmarks.Run;
import dev.rolecall.benchmarks.Suite;
import dev.rolecall.benchmarks.fleet.ChildProcess;
import dev.rolecall.benchmarks.fleet.RunCertificate;
import dev.rolecall.benchmarks.fleet.RunFolder;
import dev.rolecall.benchmarks.pace.Terminal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Honest callers beside a flood of forged tokens of ES256, the kind that costs most to check: who
 * is served, and how many signatures are checked. Fails where a goal is missed.
 */
public final class TokenFloodSuite implements Suite {

  private static final int FORGED_PER_SECOND = 10_000;
  private static final int WARMING_PER_SECOND = 2_000;
  private static final int MOST_ADDRESSES = 100;
  private static final List<Integer> ADDRESSES = List.of(1, 8, MOST_ADDRESSES);

  /** Look-ups in vain are not bounded, so that the budget for signatures is all there is. */
  private static final TokenFlood.Bounds BUDGET_ALONE =
      new TokenFlood.Bounds(TokenFlood.Bounds.DEFAULTS.signatureTime(), FORGED_PER_SECOND);

  private static final TokenFlood.Bounds NONE =
      new TokenFlood.Bounds(Duration.ofSeconds(8), FORGED_PER_SECOND);

  private static final double LEAST_KEPT = 0.9;
  private static final double ENOUGH = 0.95;

  @Override
  public String name() {
    return "forgeries";
  }

  @Override
  public String description() {
    return "honest callers beside forged tokens, and what signature checks cost";
  }

  @Override
  public void measure(Run run) throws Exception {
    Terminal.showWarningsOnly();
    try (RunFolder folder = RunFolder.make()) {
      Path file = folder.file("server.p12");
      RunCertificate certificate = RunCertificate.make(file);
      List<String> arguments = List.of(file.toString());
      try (Issuer issuer = Issuer.start(Clock.systemUTC());
          ChildProcess server = ChildProcess.start(TokenServer.class, List.of(), arguments);
          ChildProcess attackers = ChildProcess.start(Attackers.class, List.of(), arguments)) {
        Servers servers = bounds -> new TokenFlood(certificate, issuer, server, attackers, bounds);
        Duration time = Duration.ofSeconds(run.quick() ? 3 : 20);
        TokenPhase calm;
        try (TokenFlood flood = servers.start(TokenFlood.Bounds.DEFAULTS)) {
          calm = floods(run, flood, time);
        }
        budget(run, servers, calm, time);
      }
    }
  }

  /** Starts a server with those bounds. */
  @FunctionalInterface
  private interface Servers {
    TokenFlood start(TokenFlood.Bounds bounds) throws Exception;
  }

  /** The calls without a flood, which those beside one are compared with. */
  private static TokenPhase floods(Run run, TokenFlood flood, Duration time) throws Exception {
    flood.run(1, WARMING_PER_SECOND, time);
    TokenPhase calm = flood.run(1, 0, time);
    run.out().print(calm.text("calm"));
    if (calm.kept() < ENOUGH) {
      run.doubt("forgeries: not all honest calls are served without a flood either");
    }
    for (int addresses : ADDRESSES) {
      TokenPhase beside = flood.run(addresses, FORGED_PER_SECOND, time);
      String title = addresses == 1 ? "from 1 address" : "from " + addresses + " addresses";
      judge(run, title, Integer.toString(addresses), beside, calm);
    }
    return calm;
  }

  /**
   * The same where nothing but the budget bounds the checks and, in a long run, where it does not
   * either: then the machine does.
   */
  private static void budget(Run run, Servers servers, TokenPhase calm, Duration time)
      throws Exception {
    TokenPhase alone;
    try (TokenFlood flood = servers.start(BUDGET_ALONE)) {
      alone = flood.run(MOST_ADDRESSES, FORGED_PER_SECOND, time);
      judge(run, "by the budget alone", "by_budget_alone", alone, calm);
    }
    if (!run.quick()) {
      try (TokenFlood flood = servers.start(NONE)) {
        TokenPhase beside = flood.run(MOST_ADDRESSES, FORGED_PER_SECOND, Duration.ofSeconds(10));
        run.out().print(beside.text("by no bound"));
        run.figures()
            .add("signature_checks_without_budget_ratio", beside.perSecond() / alone.perSecond());
      }
    }
  }

  private static void judge(
      Run run, String title, String figure, TokenPhase beside, TokenPhase calm) {
    double kept = beside.kept() / calm.kept();
    double share = beside.shareOf(TokenFlood.Bounds.DEFAULTS.signatureTime());
    run.out().print(beside.text(title));
    run.figures().add("forged_tokens_per_second_" + figure, beside.flood().perSecond());
    run.figures().add("honest_kept_beside_tokens_" + figure, kept);
    run.figures().add("signature_share_of_budget_" + figure, share);
    run.figures().add("signature_cores_counted_" + figure, beside.countedCores());
    run.figures().add("signature_cores_measured_" + figure, beside.measuredCores());
    if (beside.leastKeptByLimits() < LEAST_KEPT) {
      String lost =
          String.format(
              Locale.ROOT,
              "forged tokens %s: a limit left %.1f %% of one kind of honest calls (goal: %.0f %%)",
              title,
              100 * beside.leastKeptByLimits(),
              100 * LEAST_KEPT);
      // Where the machine cannot even send the flood, look-ups stay under way until limits refuse.
      if (beside.flood().perSecond() < ENOUGH * FORGED_PER_SECOND) {
        run.doubt(lost + ", on a machine that is slower than the flood");
      } else {
        run.miss(lost);
      }
    }
    if (kept < LEAST_KEPT) {
      run.doubt("forgeries: the machine was late for honest calls beside forged tokens " + title);
    }
    if (share > 1) {
      run.miss("forged tokens " + title + ": more signatures were checked than the budget allows");
    }
  }
}
