package dev.rolecall.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A few thousand inputs of the fuzzer in every build: one JVM, each input on each target. It always
 * begins with the same seed, so that it is the code that makes a build fail and not chance; {@link
 * LongRun} looks further.
 */
class GuidedRunTest {

  private static final int INPUTS = 5_000;

  /** For a machine that is very busy: what was tried by then is enough. */
  private static final Duration MOST = Duration.ofSeconds(60);

  @Test
  void guidedRun_short_findsNothing() throws Exception {
    List<FuzzTarget> targets = List.of(FuzzTarget.values());

    GuidedRun run =
        GuidedRun.of(
            targets,
            MOST,
            "-seed=20261122",
            "-runs=" + INPUTS,
            "-max_total_time=" + MOST.toSeconds());

    assertThat(run.exit()).as(run.end()).isZero();
    assertThat(run.inputs()).isGreaterThan(100);
    System.out.printf(
        "fuzz: %d targets, %,d executions, 0 findings%n",
        targets.size(), run.inputs() * targets.size());
  }
}
