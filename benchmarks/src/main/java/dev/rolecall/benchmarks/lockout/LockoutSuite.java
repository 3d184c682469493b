package dev.rolecall.benchmarks.lockout;

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
import java.util.List;
import java.util.Locale;

/**
 * Newcomers and known callers beside strangers who have STS asked: about forged proofs, at
 * endpoints that do not answer, and about good ones of a role that no rule names. Fails where a
 * goal is missed.
 */
public final class LockoutSuite implements Suite {

  private static final Duration STS_DELAY = Duration.ofMillis(200);

  /** What 99 of 100 newcomers may wait at most: one answer of STS, and a second. */
  private static final Duration MOST_WAIT = STS_DELAY.plusSeconds(1);

  private static final Row CALM = new Row("calm", 1, 1, Row.Kind.NONE, false, 0);

  private static final int FORGED_PER_SECOND = 200;
  private static final int GOOD_PER_SECOND = 1_000;

  private static final List<Row> ROWS =
      List.of(
          forged("forged_8", 8, false, 0.99),
          forged("forged_20", 20, false, 0.99),
          forged("forged_100", 100, false, 0.95),
          good("good_12", 12, false, 0.95),
          good("good_50", 50, false, 0.95),
          forged("forged_one_site", 20, true, 0),
          good("good_one_site", 50, true, 0));

  private static Row forged(String figure, int addresses, boolean oneSite, double goal) {
    return new Row(
        figure, addresses, FORGED_PER_SECOND, Row.Kind.FORGED_FOR_DEAD_ENDPOINTS, oneSite, goal);
  }

  private static Row good(String figure, int addresses, boolean oneSite, double goal) {
    return new Row(figure, addresses, GOOD_PER_SECOND, Row.Kind.GOOD_OF_A_STRANGER, oneSite, goal);
  }

  @Override
  public String name() {
    return "lockout";
  }

  @Override
  public String description() {
    return "newcomers and known callers beside strangers who have STS asked";
  }

  @Override
  public void measure(Run run) throws Exception {
    Terminal.showWarningsOnly();
    try (RunFolder folder = RunFolder.make()) {
      Path file = folder.file("server.p12");
      RunCertificate certificate = RunCertificate.make(file);
      try (StsEmulator sts = StsEmulator.start();
          DeadEndpoints dead = new DeadEndpoints();
          ChildProcess server =
              ChildProcess.start(LockoutServer.class, List.of(), List.of(file.toString()))) {
        sts.fail(Fault.delayed(STS_DELAY));
        Lockout lockout = new Lockout(certificate, sts, dead, server);
        // Loads classes, and compiles the most of what follows.
        Duration warmUp = Duration.ofSeconds(run.quick() ? 3 : 10);
        lockout.attack(forged("warm_up", 8, false, 0), warmUp);
        lockout.attack(good("warm_up", 12, false, 0), warmUp);
        Duration time = Duration.ofSeconds(run.quick() ? 4 : 20);
        Result calm = lockout.attack(CALM, time);
        run.out().print(calm.text(CALM.title()));
        run.figures().add("newcomers_p99_ms_calm", calm.p99Millis());
        boolean isCalm = calm.p99Millis() <= MOST_WAIT.toMillis() / 2.0;
        if (!isCalm) {
          run.doubt("lockout: newcomers wait long without an attack too; their waits say nothing");
        }
        for (Row row : ROWS) {
          if (row.goal() > 0 || !run.quick()) {
            judge(run, row, lockout.attack(row, time), isCalm);
          }
        }
      }
    }
  }

  private static void judge(Run run, Row row, Result result, boolean isCalm) {
    run.out().print(result.text(row.title()));
    run.figures().add("newcomers_let_in_" + row.figure(), result.newcomersLetIn());
    run.figures().add("newcomers_p99_ms_" + row.figure(), result.p99Millis());
    run.figures().add("known_let_in_" + row.figure(), result.knownLetIn());
    run.figures().add("sts_share_of_limit_" + row.figure(), result.shareOfLimit());
    if (result.shareOfLimit() > 1) {
      run.miss(row.title() + ": STS was asked more often than the limits allow");
    }
    if (row.goal() == 0) {
      return;
    }
    if (result.newcomersLetIn() < row.goal()) {
      run.miss(
          String.format(
              Locale.ROOT,
              "%s: %.1f %% of the newcomers let in (goal: %.0f %%)",
              row.title(),
              100 * result.newcomersLetIn(),
              100 * row.goal()));
    }
    if (result.knownLetIn() < 1) {
      run.miss(row.title() + ": a known caller was not let in");
    }
    if (isCalm && result.p99Millis() > MOST_WAIT.toMillis()) {
      run.miss(
          String.format(
              Locale.ROOT,
              "%s: newcomers' p99 %.0f ms (goal: %d)",
              row.title(),
              result.p99Millis(),
              MOST_WAIT.toMillis()));
    }
  }
}
