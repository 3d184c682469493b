package dev.rolecall.service.token;

import dev.rolecall.service.store.Outage;
import dev.rolecall.service.store.Outcome;
import dev.rolecall.service.store.Refusal;
import java.io.Serial;

/** A step that the store refused, or did not answer. Stays within this package. */
final class StepFailedException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final transient Outcome<Void> outcome;

  private StepFailedException(String message, Outcome<Void> outcome) {
    super(message, null, false, false);
    this.outcome = outcome;
  }

  static StepFailedException of(Refusal refusal) {
    return new StepFailedException(refusal.sentence(), new Outcome.Refused<>(refusal));
  }

  static StepFailedException of(Outage outage) {
    return new StepFailedException(outage.sentence(), new Outcome.Unavailable<>(outage));
  }

  /** Whether things stand otherwise than the step needs: another node was first. */
  boolean isRefused() {
    return outcome instanceof Outcome.Refused;
  }

  /** The same as an answer. */
  <T> Outcome<T> toOutcome() {
    return outcome.map(
        none -> {
          throw new AssertionError();
        });
  }
}
