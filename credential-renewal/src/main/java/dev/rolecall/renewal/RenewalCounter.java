package dev.rolecall.renewal;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.Supervisor;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import java.util.List;

/**
 * Counts how renewals end. Its one attribute is a word of a closed set: nothing of the credential
 * or of what the other end answered.
 */
public final class RenewalCounter {

  private static final AttributeKey<String> RESULT = AttributeKey.stringKey("result");
  private static final Attributes RENEWED = Attributes.of(RESULT, "renewed");
  private static final Attributes PASSING = Attributes.of(RESULT, "passing_failure");
  private static final Attributes LASTING = Attributes.of(RESULT, "lasting_failure");
  private static final Attributes DEFECT = Attributes.of(RESULT, "defect");

  /** What a supervisor calls a renewal. */
  static final String TASK = "renewal";

  private final LongCounter renewals;
  private final System.Logger logger;
  private final Supervisor supervisor;

  /**
   * Counts at that instrument; from zero, so that a first failure is an increase.
   *
   * @param logger is told of defects, and of renewals that fail while a credential is still good
   */
  public RenewalCounter(LongCounter renewals, System.Logger logger) {
    this.renewals = requireNonNull(renewals, "renewals");
    this.logger = requireNonNull(logger, "logger");
    this.supervisor = new Supervisor(logger, task -> countDefect());
    // A reader that watches for an increase must see the step from none to one too.
    List.of(RENEWED, PASSING, LASTING, DEFECT).forEach(result -> renewals.add(0, result));
  }

  System.Logger logger() {
    return logger;
  }

  /** Hands renewals to executors; what fails then is a defect in the count. */
  Supervisor supervisor() {
    return supervisor;
  }

  void succeeded() {
    count(RENEWED);
  }

  void failed(RenewalFailure.Kind kind) {
    count(
        switch (kind) {
          case PASSING -> PASSING;
          case LASTING -> LASTING;
          case DEFECT -> DEFECT;
        });
  }

  private void countDefect() {
    renewals.add(1, DEFECT);
  }

  /** A metric that throws is no reason not to have a credential. */
  private void count(Attributes result) {
    supervisor.run(TASK, () -> renewals.add(1, result));
  }
}
