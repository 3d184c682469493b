package dev.rolecall.service.token;

import dev.rolecall.service.store.Outage;
import dev.rolecall.service.store.Outcome;
import dev.rolecall.service.store.Refusal;
import java.io.Serial;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A step that the store refused, or did not answer. Stays within this package. */
final class StepFailedException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final transient @Nullable Refusal refusal;
  private final transient Outage outage;

  private StepFailedException(String message, @Nullable Refusal refusal, Outage outage) {
    super(message, null, false, false);
    this.refusal = refusal;
    this.outage = outage;
  }

  static StepFailedException of(Refusal refusal) {
    return new StepFailedException(
        refusal.sentence(),
        refusal,
        new Outage(Outage.Kind.UNREACHABLE, "the signing keys are being changed"));
  }

  static StepFailedException of(Outage outage) {
    return new StepFailedException(outage.sentence(), null, outage);
  }

  /** Whether things stand otherwise than the step needs: another node was first. */
  boolean isRefused() {
    return refusal != null;
  }

  /** The same as an answer. */
  <T> Outcome<T> toOutcome() {
    return Optional.ofNullable(refusal)
        .<Outcome<T>>map(Outcome.Refused::new)
        .orElseGet(() -> new Outcome.Unavailable<>(outage));
  }
}
