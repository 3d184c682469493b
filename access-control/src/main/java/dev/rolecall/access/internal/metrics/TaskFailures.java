package dev.rolecall.access.internal.metrics;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;

/** The count of what supervised tasks threw. */
public final class TaskFailures {

  private static final AttributeKey<String> TASK = AttributeKey.stringKey("task");

  private final SteadyCounter failures;

  /** Declares the instrument. */
  public TaskFailures(OpenTelemetry telemetry) {
    this.failures =
        new Instruments(telemetry)
            .counter(
                "rolecall.task.failures",
                "Exceptions and errors that a task threw, by task; it goes on.");
  }

  /** Tasks run from now on: an alert must see the step from none to one. */
  public void declare(SupervisedTask... tasks) {
    for (SupervisedTask task : tasks) {
      failures.add(0, Attributes.of(TASK, task.label()));
    }
  }

  /**
   * A task threw, and goes on.
   *
   * @param task a {@link SupervisedTask#label}
   */
  public void count(String task) {
    failures.add(1, Attributes.of(TASK, task));
  }
}
