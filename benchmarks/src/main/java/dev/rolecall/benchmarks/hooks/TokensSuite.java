package dev.rolecall.benchmarks.hooks;

import dev.rolecall.benchmarks.Figures;
import dev.rolecall.benchmarks.Quartiles;
import dev.rolecall.benchmarks.Run;
import dev.rolecall.benchmarks.Suite;
import dev.rolecall.benchmarks.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Measures tokens against what they stand beside: a hit by a token against one by a proof, and the
 * check of a new token against the JDK's bare verification. JVMs of each kind run in turn, and each
 * ratio is of one turn, so that a machine that grows slower makes no difference.
 */
public final class TokensSuite implements Suite {

  static final List<Class<?>> BENCHMARKS = List.of(TokenHooks.class, TokenChecks.class);

  private static final String BY_PROOF = "callGuardByProof";
  private static final String BY_TOKEN = "callGuardByToken";
  private static final List<String> ALGORITHMS = List.of("RS256", "ES256", "ES384", "EdDSA");

  @Override
  public String name() {
    return "tokens";
  }

  @Override
  public String description() {
    return "a token against a proof on a hit, and a new token against the JDK's bare check";
  }

  @Override
  public void measure(Run run) throws RunnerException {
    int turns = run.quick() ? 3 : 5;
    List<Turn> all = new ArrayList<>();
    for (int turn = 0; turn < turns; turn++) {
      Map<String, Cost> costs = new LinkedHashMap<>();
      // First the one, then the other.
      for (String method :
          turn % 2 == 0 ? List.of(BY_PROOF, BY_TOKEN) : List.of(BY_TOKEN, BY_PROOF)) {
        add(costs, Forks.one(TokenHooks.class, method), run.quick());
      }
      add(costs, Forks.all(TokenChecks.class), run.quick());
      all.add(new Turn(costs));
      run.out().printf("turn %d of %d%n", turn + 1, turns);
    }
    Turns measured = new Turns(all);
    run.show(measured.table());
    measured.addTo(run.figures());
  }

  private static void add(Map<String, Cost> costs, String benchmarks, boolean quick)
      throws RunnerException {
    for (RunResult result :
        new Runner(Forks.of(quick).include(benchmarks).forks(1).build()).run()) {
      Cost cost = Cost.of(result);
      costs.put(cost.name(), cost);
    }
  }

  /** The costs of one turn, by name. */
  private record Turn(Map<String, Cost> costs) {

    Cost of(String name) {
      Cost cost = costs.get(name);
      if (cost == null) {
        throw new IllegalStateException(name + ": not measured");
      }
      return cost;
    }

    double ratio(String one, String other) {
      return of(one).nanos() / of(other).nanos();
    }
  }

  /** The medians over all turns. */
  private record Turns(List<Turn> all) {

    private Quartiles over(ToDoubleFunction<Turn> figure) {
      return Quartiles.of(all.stream().map(figure::applyAsDouble).toList());
    }

    void addTo(Figures figures) {
      figures.add("token_hit_ratio", over(turn -> turn.ratio(BY_TOKEN, BY_PROOF)).median());
      figures.add(
          "token_hit_bytes_more",
          // Plus zero, since a rounded difference may be minus zero.
          0.0
              + Math.rint(
                  over(turn -> turn.of(BY_TOKEN).bytes() - turn.of(BY_PROOF).bytes()).median()));
      figures.add("token_read_ns", over(turn -> turn.of("readToken RS256").nanos()).median());
      for (String algorithm : ALGORITHMS) {
        String name = algorithm.toLowerCase(Locale.ROOT);
        String whole = "verifyToken " + algorithm;
        String bare = "verifyBare " + algorithm;
        figures.add("token_us_" + name, over(turn -> turn.of(whole).nanos() / 1_000).median());
        figures.add("token_ratio_" + name, over(turn -> turn.ratio(whole, bare)).median());
        figures.add(
            "signature_cost_" + name, over(turn -> turn.ratio(bare, "verifyBare RS256")).median());
      }
    }

    Table table() {
      List<List<String>> rows = new ArrayList<>();
      rows.add(
          row("a hit, against a proof's", over(turn -> turn.ratio(BY_TOKEN, BY_PROOF)), "%.3f"));
      for (String name : List.of(BY_PROOF, BY_TOKEN)) {
        rows.add(row(name + ", ns", over(turn -> turn.of(name).nanos()), "%.1f"));
        rows.add(row(name + ", bytes", over(turn -> turn.of(name).bytes()), "%.1f"));
      }
      for (String algorithm : ALGORITHMS) {
        rows.add(
            row(
                "a new token, " + algorithm + ", against its bare signature",
                over(turn -> turn.ratio("verifyToken " + algorithm, "verifyBare " + algorithm)),
                "%.3f"));
      }
      return new Table(
          "medians over the turns, and their quartiles",
          List.of("", "lower", "median", "upper"),
          rows);
    }

    private static List<String> row(String name, Quartiles values, String form) {
      return List.of(
          name,
          String.format(Locale.ROOT, form, values.low()),
          String.format(Locale.ROOT, form, values.median()),
          String.format(Locale.ROOT, form, values.high()));
    }
  }
}
