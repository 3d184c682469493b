package dev.rolecall.access.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.testsupport.CapturedLog;
import dev.rolecall.testsupport.RecordedTelemetry;
import io.opentelemetry.api.common.Attributes;
import java.time.Duration;
import java.util.logging.Level;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Instruments as OpenTelemetry's conventions have them, which nothing can make throw. */
@Tag("attack")
final class InstrumentsTest {

  private final RecordedTelemetry recorded = new RecordedTelemetry();

  @Test
  void seconds_declaredAndRecorded_areSeconds() {
    new Instruments(recorded.telemetry())
        .seconds("h", "A time.")
        .record(Duration.ofMillis(1_500), Attributes.empty());

    assertThat(recorded.sum("h{}")).isEqualTo(1.5);
    assertThat(recorded.settings())
        .containsExactly(
            "h.setUnit(s)",
            "h.setDescription(A time.)",
            "h.setExplicitBucketBoundariesAdvice([0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5,"
                + " 0.75, 1.0, 2.5, 5.0, 7.5, 10.0])");
  }

  @Test
  void tasks_declared_areCountedFromZero() {
    TaskFailures failures = new TaskFailures(recorded.telemetry());
    failures.declare(SupervisedTask.CALL_END, SupervisedTask.LOOK_UP);
    failures.count(SupervisedTask.LOOK_UP.label());

    assertThat(recorded.sums()).hasSize(2);
    assertThat(recorded.sum("rolecall.task.failures{task=call_end}")).isZero();
    assertThat(recorded.sum("rolecall.task.failures{task=look_up}")).isEqualTo(1);
  }

  @Test
  void measurement_thatThrows_isLoggedOnceAKindWithoutItsMessage() {
    RecordedTelemetry failing =
        new RecordedTelemetry(
            () -> {
              throw new InternalError("SECRET");
            });
    Instruments instruments = new Instruments(failing.telemetry());
    SteadyCounter counter = instruments.counter("c", "A count.");
    SteadyHistogram histogram = instruments.seconds("h", "A time.");
    try (CapturedLog log = CapturedLog.of("rolecall.access", Level.ALL)) {
      for (int i = 0; i < 2; i++) {
        counter.add(1, Attributes.empty());
        histogram.record(Duration.ofMillis(1), Attributes.empty());
      }

      assertThat(log.records()).isNotEmpty().hasSizeLessThanOrEqualTo(2);
      assertThat(log.text()).contains("InternalError").doesNotContain("SECRET");
    }
  }
}
