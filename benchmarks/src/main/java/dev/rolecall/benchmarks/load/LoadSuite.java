package dev.rolecall.benchmarks.load;

import dev.rolecall.benchmarks.Run;
import dev.rolecall.benchmarks.Suite;
import dev.rolecall.benchmarks.fleet.CallerKeys;
import dev.rolecall.benchmarks.fleet.Orders;
import dev.rolecall.benchmarks.fleet.RunCertificate;
import dev.rolecall.benchmarks.fleet.RunFolder;
import dev.rolecall.stsemulator.StsEmulator;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;

/**
 * Calls by the ten thousand, with and without a check, and what each cost both ends: several fleets
 * one after another, each variant in short slices beside the others. Where no check differs from
 * itself by more than 3 %, there is one more fleet, and one more, up to a limit.
 */
public final class LoadSuite implements Suite {

  private static final double MOST_NOISE = 0.03;

  /** Short, so that what else the machine does meets all variants of a round alike. */
  private static final Duration SLICE = Duration.ofMillis(100);

  /** Chance is the same in every run, so that two runs differ by the machine alone. */
  private static final long SEED = 20_110_615;

  /**
   * The length of a run. Many fleets that live for a minute or two say more than a few that live
   * long.
   *
   * @param fleets the least number of fleets
   * @param mostFleets the number of fleets if the machine stays noisy
   * @param warmUpCalls of each variant with 64 unary calls in flight; by number, since a machine
   *     that is busy with something else would have compiled little in a given time
   * @param rounds of a fleet with 64 unary calls in flight
   * @param otherRounds of a fleet in each other shape
   */
  private record Plan(int fleets, int mostFleets, long warmUpCalls, int rounds, int otherRounds) {

    static final Plan QUICK = new Plan(2, 3, 40_000, 12, 3);
    static final Plan FULL = new Plan(6, 10, 80_000, 20, 5);

    /** Streams and single calls run much the same code, which is warm by then. */
    long warmUpCalls(Shape shape) {
      return shape == Shape.UNARY_MANY ? warmUpCalls : warmUpCalls / (10L * shape.messages());
    }

    int rounds(Shape shape) {
      return shape == Shape.UNARY_MANY ? rounds : otherRounds;
    }
  }

  @Override
  public String name() {
    return "load";
  }

  @Override
  public String description() {
    return "calls end to end over TLS, client and server in processes of their own";
  }

  @Override
  public void measure(Run run) throws IOException, InterruptedException {
    Plan plan = run.quick() ? Plan.QUICK : Plan.FULL;
    Map<Shape, Rounds> rounds = new EnumMap<>(Shape.class);
    for (Shape shape : Shape.values()) {
      rounds.put(shape, new Rounds());
    }
    Random random = new Random(SEED);
    int fleets = 0;
    try (RunFolder folder = RunFolder.make();
        StsEmulator sts = StsEmulator.start()) {
      RunCertificate certificate = RunCertificate.make(folder.file("certificate.p12"));
      CallerKeys keys = CallerKeys.of(sts.addRole(Orders.CHECKOUT));
      do {
        fleets++;
        run.out().printf("fleet %d of at least %d: %d JVMs%n", fleets, plan.fleets(), jvms());
        try (Fleet fleet = Fleet.start(certificate, sts.endpoint(), keys, random)) {
          measure(fleet, plan, rounds);
        }
        run.out().printf("  no check against itself so far: %.1f %% apart%n", noise(rounds) * 100);
      } while (fleets < plan.fleets()
          || (noise(rounds) > MOST_NOISE && fleets < plan.mostFleets()));
    }
    LoadResults.report(run, rounds, fleets);
    if (noise(rounds) > MOST_NOISE) {
      run.doubt(
          String.format(
              "after %d fleets no check differs from itself by %.1f %% (expected: at most %.0f %%)",
              fleets, noise(rounds) * 100, MOST_NOISE * 100));
    }
  }

  private static int jvms() {
    return 2 * Variant.values().length;
  }

  private static double noise(Map<Shape, Rounds> rounds) {
    return LoadResults.of(rounds, Shape.UNARY_MANY).noise();
  }

  private static void measure(Fleet fleet, Plan plan, Map<Shape, Rounds> rounds)
      throws IOException, InterruptedException {
    for (Shape shape : Shape.values()) {
      fleet.warmUp(shape, plan.warmUpCalls(shape));
    }
    for (Map.Entry<Shape, Rounds> each : rounds.entrySet()) {
      for (int i = 0; i < plan.rounds(each.getKey()); i++) {
        each.getValue().add(fleet.round(each.getKey(), SLICE));
      }
    }
  }
}
