package dev.rolecall.verifier;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * What came of verifying a proof. Three arms on purpose: with two, an outage of STS would have to
 * pass for a refusal.
 */
public sealed interface Verification {

  /** Calls the function of the arm this is. */
  <T> T fold(
      Function<Verified, T> verified,
      Function<Refused, T> refused,
      Function<Unavailable, T> unavailable);

  /**
   * STS confirmed the caller.
   *
   * @param caller who it is
   */
  record Verified(Caller caller) implements Verification {
    /** Checks that nothing is absent. */
    public Verified {
      requireNonNull(caller, "caller");
    }

    @Override
    public <T> T fold(
        Function<Verified, T> verified,
        Function<Refused, T> refused,
        Function<Unavailable, T> unavailable) {
      return verified.apply(this);
    }
  }

  /**
   * The proof is not good: sending it again will not help.
   *
   * @param reason why
   * @param facts the facts of the proof, for logs and audit records; empty where it cannot be read
   */
  record Refused(RefusalReason reason, Optional<ProofFacts> facts) implements Verification {
    /** Checks that nothing is absent. */
    public Refused {
      requireNonNull(reason, "reason");
      requireNonNull(facts, "facts");
    }

    /** A refusal without facts. */
    public Refused(RefusalReason reason) {
      this(reason, Optional.empty());
    }

    @Override
    public <T> T fold(
        Function<Verified, T> verified,
        Function<Refused, T> refused,
        Function<Unavailable, T> unavailable) {
      return refused.apply(this);
    }
  }

  /**
   * It could not be found out: STS failed, or a limit of the verifier is reached. Says nothing
   * about the proof.
   *
   * @param reason what stood in the way
   * @param retryAfter how long a caller should wait before it asks again, where that is known
   * @param facts the facts of the proof, for logs and audit records, where they are known
   */
  record Unavailable(
      RefusalReason reason, Optional<Duration> retryAfter, Optional<ProofFacts> facts)
      implements Verification {
    /** Checks that nothing is absent. */
    public Unavailable {
      requireNonNull(reason, "reason");
      requireNonNull(retryAfter, "retryAfter");
      requireNonNull(facts, "facts");
    }

    /** An outage or a limit without facts. */
    public Unavailable(RefusalReason reason, Optional<Duration> retryAfter) {
      this(reason, retryAfter, Optional.empty());
    }

    @Override
    public <T> T fold(
        Function<Verified, T> verified,
        Function<Refused, T> refused,
        Function<Unavailable, T> unavailable) {
      return unavailable.apply(this);
    }
  }
}
