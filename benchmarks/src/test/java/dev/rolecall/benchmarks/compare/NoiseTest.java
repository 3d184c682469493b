package dev.rolecall.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.benchmarks.Figures;
import dev.rolecall.benchmarks.Run;
import java.io.OutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class NoiseTest {

  private final Run run =
      new Run(true, new Figures(), new PrintStream(OutputStream.nullOutputStream()));

  @Test
  void goalThatIsMissed_isSaid() {
    run.figures().add("checker_cpu_ratio", 1.3);

    Noise.judge(run, "checker", 0.01, "checker_cpu_ratio", "checker_opa_cpu_ratio");

    assertThat(run.misses()).containsExactly("checker_cpu_ratio: 1.300 (at most 1.25)");
    assertThat(run.doubts()).isEmpty();
    assertThat(run.figures().all()).containsEntry("checker_noise", 0.01);
  }

  @Test
  void goalThatIsReached_isNotMissed() {
    run.figures().add("checker_cpu_ratio", 1.25);

    Noise.judge(run, "checker", 0.01, "checker_cpu_ratio");

    assertThat(run.misses()).isEmpty();
  }

  @Test
  void goalOfANoisyPart_isDoubtedAndNotMissed() {
    run.figures().add("checker_cpu_ratio", 1.3);

    Noise.judge(run, "checker", 0.06, "checker_cpu_ratio");

    assertThat(run.misses()).isEmpty();
    assertThat(run.doubts())
        .containsExactly("checker: two of the same differ by 6.0 % (expected: at most 5 %)");
  }
}
