package dev.rolecall.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.benchmarks.Figures;
import dev.rolecall.benchmarks.Run;
import dev.rolecall.benchmarks.fleet.ProcessUsage;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoadResultsTest {

  private final Run run =
      new Run(false, new Figures(), new PrintStream(OutputStream.nullOutputStream()));

  /** Rolecall at half the calls a second, and 200 bytes more a call. */
  private static Map<Shape, Rounds> measured() {
    Map<Shape, Rounds> rounds = new EnumMap<>(Shape.class);
    for (Shape shape : Shape.values()) {
      Map<Variant, Slice> round = new EnumMap<>(Variant.class);
      for (Variant variant : Variant.values()) {
        boolean plain = variant == Variant.PLAIN || variant == Variant.PLAIN_AGAIN;
        long calls = plain ? 1_000 : 500;
        ProcessUsage usage = new ProcessUsage(calls * 10_000, calls * (plain ? 3_000 : 3_200));
        round.put(variant, new Slice(calls, 1_000_000_000, usage, usage));
      }
      Rounds ofShape = new Rounds();
      ofShape.add(round);
      rounds.put(shape, ofShape);
    }
    return rounds;
  }

  @Test
  void figures_haveTheirNames_forEachVariantAndShape() {
    LoadResults.report(run, measured(), 1);

    assertThat(run.figures().all())
        .containsEntry("noise", 0.0)
        .containsEntry("calls_per_second_ratio", 0.5)
        .containsEntry("server_cpu_ratio", 1.0)
        .containsEntry("total_cpu_ratio", 1.0)
        .containsEntry("server_alloc_added_bytes", 200.0)
        .containsEntry("client_alloc_added_bytes", 200.0)
        .containsKeys("calls_per_second_ratio_audited", "total_cpu_ratio_by_hand")
        .containsEntry("calls_per_second_ratio_one_at_a_time", 0.5)
        .containsEntry("calls_per_second_ratio_streams", 0.5);
  }

  @Test
  void tables_showNoCheckAsItIs_andTheOthersAgainstIt() {
    LoadResults.report(run, measured(), 2);

    assertThat(run.tables()).hasSize(Shape.values().length);
    assertThat(run.tables().get(0).title()).isEqualTo("unary, 64 in flight; 2 fleets, 1 rounds");
    assertThat(run.tables().get(0).rows().get(0))
        .containsExactly("no check, as it is", "1,000", "10.0 us", "20.0 us", "3,000", "3,000");
    assertThat(run.tables().get(0).rows().get(2))
        .containsExactly(
            "Rolecall",
            "0.500 (0.500-0.500)",
            "1.000 (1.000-1.000)",
            "1.000 (1.000-1.000)",
            "+200 (+200 to +200)",
            "+200 (+200 to +200)");
  }
}
