package dev.rolecall.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each target in a JVM of its own for as long as {@code rolecall.fuzz.seconds} says, with a seed of
 * its own each time. The profile {@code fuzz} runs it, and nothing else does.
 */
class LongRun {

  private static final Duration TIME =
      Duration.ofSeconds(Integer.getInteger("rolecall.fuzz.seconds", 60));

  private static final AtomicInteger TARGETS = new AtomicInteger();
  private static final AtomicInteger FINDINGS = new AtomicInteger();
  private static final AtomicLong EXECUTIONS = new AtomicLong();

  @ParameterizedTest
  @EnumSource
  void guidedRun_long_findsNothing(FuzzTarget target) throws Exception {
    GuidedRun run = GuidedRun.of(List.of(target), TIME, "-max_total_time=" + TIME.toSeconds());

    TARGETS.incrementAndGet();
    EXECUTIONS.addAndGet(run.inputs());
    System.out.printf("fuzz: %s, %,d executions%n", target.folder(), run.inputs());
    if (run.exit() != 0) {
      FINDINGS.incrementAndGet();
    }
    assertThat(run.exit()).as(run.end()).isZero();
    assertThat(run.inputs()).isPositive();
  }

  @AfterAll
  static void printCounts() {
    System.out.printf(
        "fuzz: %d targets, %,d executions, %d findings%n",
        TARGETS.get(), EXECUTIONS.get(), FINDINGS.get());
  }
}
