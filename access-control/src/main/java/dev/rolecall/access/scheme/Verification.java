package dev.rolecall.access.scheme;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.BindingHash;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * The verdict on a credential. Three arms on purpose: with two, an outage of an issuer would have
 * to pass for a refusal.
 */
public sealed interface Verification {

  /** Calls the function of the arm this is. */
  default <T> T fold(
      Function<Verified, T> verified,
      Function<Refused, T> refused,
      Function<Unavailable, T> unavailable) {
    if (this instanceof Verified arm) {
      return verified.apply(arm);
    }
    if (this instanceof Refused arm) {
      return refused.apply(arm);
    }
    if (this instanceof Unavailable arm) {
      return unavailable.apply(arm);
    }
    throw new AssertionError("no arm of Verification");
  }

  /**
   * The caller is known.
   *
   * @param caller the caller
   * @param sender the hash of the client certificate that the credential is bound to; empty for one
   *     that is bound to none. The engine refuses it on every other connection, also where the
   *     answer is remembered
   * @see <a href="https://www.rfc-editor.org/rfc/rfc8705#section-3">RFC 8705, section 3</a>
   */
  record Verified(Caller caller, Optional<BindingHash> sender) implements Verification {
    /** Checks that nothing is absent. */
    public Verified {
      requireNonNull(caller, "caller");
      requireNonNull(sender, "sender");
    }

    /** A caller whose credential is bound to no client certificate. */
    public Verified(Caller caller) {
      this(caller, Optional.empty());
    }
  }

  /**
   * The credential is not good: sending it again will not help.
   *
   * @param reason why
   * @param facts the facts of the credential, for logs and audit records; empty where it cannot be
   *     read
   */
  record Refused(RefusalReason reason, Optional<Facts> facts) implements Verification {
    /** Checks that nothing is absent. */
    public Refused {
      requireNonNull(reason, "reason");
      requireNonNull(facts, "facts");
    }

    /** A refusal without facts. */
    public Refused(RefusalReason reason) {
      this(reason, Optional.empty());
    }
  }

  /**
   * The caller could not be identified: an issuer failed, or a limit is reached. Says nothing about
   * the credential.
   *
   * @param reason what stood in the way
   * @param retryAfter how long a caller should wait before it asks again, where that is known
   * @param facts the facts of the credential, for logs and audit records, where they are known
   */
  record Unavailable(RefusalReason reason, Optional<Duration> retryAfter, Optional<Facts> facts)
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
  }
}
