package dev.rolecall.client;

import dev.rolecall.identity.internal.Supervisor;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import java.util.List;
import java.util.function.Supplier;

/**
 * Counts how the making of proofs ends, as {@code rolecall.client.renewals}. Its one attribute is a
 * word of a closed set: nothing of the proof, the role or what AWS answered.
 */
final class RenewalCounter {

  private static final AttributeKey<String> RESULT = AttributeKey.stringKey("result");
  private static final Attributes RENEWED = Attributes.of(RESULT, "renewed");
  private static final Attributes PASSING = Attributes.of(RESULT, "passing_failure");
  private static final Attributes LASTING = Attributes.of(RESULT, "lasting_failure");
  private static final Attributes DEFECT = Attributes.of(RESULT, "defect");

  /** What a supervisor calls the making of proofs. */
  static final String TASK = "renewal";

  private final LongCounter renewals;
  private final Supervisor supervisor =
      new Supervisor(System.getLogger("rolecall.client"), task -> countDefect());

  /** Declares the instrument. */
  RenewalCounter(OpenTelemetry telemetry) {
    this.renewals =
        telemetry
            .getMeter("rolecall")
            .counterBuilder("rolecall.client.renewals")
            .setDescription("Attempts to make a caller proof, the first or a new one, by result.")
            .build();
    // A reader that watches for an increase must see the step from none to one too.
    List.of(RENEWED, PASSING, LASTING, DEFECT).forEach(result -> renewals.add(0, result));
  }

  /** Hands renewals to executors; what fails then is a defect in the count. */
  Supervisor supervisor() {
    return supervisor;
  }

  private void countDefect() {
    renewals.add(1, DEFECT);
  }

  /** A metric that throws is no reason not to have a proof. */
  private void count(Attributes result) {
    supervisor.run(TASK, () -> renewals.add(1, result));
  }

  /** Makes a proof, and counts the outcome. */
  SignedProof counting(Supplier<SignedProof> signing) {
    try {
      SignedProof signed = signing.get();
      count(RENEWED);
      return signed;
    } catch (ProofUnavailableException e) {
      count(resultOf(e));
      throw e;
    } catch (RuntimeException | Error e) {
      count(DEFECT);
      throw e;
    }
  }

  private static Attributes resultOf(ProofUnavailableException failure) {
    return switch (failure.kind()) {
      case PASSING -> PASSING;
      case LASTING -> LASTING;
      case DEFECT -> DEFECT;
    };
  }
}
