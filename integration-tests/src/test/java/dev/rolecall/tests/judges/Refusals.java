package dev.rolecall.tests.judges;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.RefusalReason;

/** Assertions on refused proofs. */
final class Refusals {

  private Refusals() {}

  /** That the proof was refused for that reason; what it claimed does not matter. */
  static void assertRefused(Verification verification, RefusalReason reason) {
    assertThat(verification)
        .isInstanceOfSatisfying(
            Verification.Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }
}
