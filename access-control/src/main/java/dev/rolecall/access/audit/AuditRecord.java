package dev.rolecall.access.audit;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.scheme.CredentialFingerprint;
import dev.rolecall.access.scheme.Facts;
import dev.rolecall.identity.Caller;
import java.time.Instant;
import java.util.Optional;

/**
 * The record of one decision about one call. Holds no part of a credential, so a record may be kept
 * for as long as the operator likes.
 *
 * @param time when it was decided, by the server's clock
 * @param method the method's full name, {@code package.Service/Method}; where a server has a
 *     fallback registry, the peer chose it
 * @param origin the sender of the call, as far as the server knows it
 * @param outcome the decision
 * @param leftOut the decisions before it that have no record, because there were too many:
 *     refusals, and differences of a shadow policy
 */
public record AuditRecord(
    Instant time, String method, Origin origin, AuditOutcome outcome, LeftOut leftOut) {

  /**
   * The sender of a call, as far as the server knows it.
   *
   * @param peer the peer's address without its port; {@code unknown} where there is none
   * @param caller the caller, once it is known; empty for a public method and for a refusal before
   *     the caller was known
   * @param facts the facts of a refused credential, as its scheme has them; empty where it cannot
   *     be read, and where the caller is known
   * @param correlation the names by which other records know the call
   * @param credential the fingerprint of the credential that counted; empty for none
   */
  public record Origin(
      String peer,
      Optional<Caller> caller,
      Optional<Facts> facts,
      Correlation correlation,
      Optional<CredentialFingerprint> credential) {

    /** Checks that nothing is absent. */
    public Origin {
      requireNonNull(peer, "peer");
      requireNonNull(caller, "caller");
      requireNonNull(facts, "facts");
      requireNonNull(correlation, "correlation");
      requireNonNull(credential, "credential");
    }

    /** The sender of a call that other records do not name. */
    public Origin(String peer, Optional<Caller> caller, Optional<Facts> facts) {
      this(peer, caller, facts, Correlation.NONE, Optional.empty());
    }

    /** The same call by those names. */
    Origin with(Correlation names) {
      return names.equals(correlation) ? this : new Origin(peer, caller, facts, names, credential);
    }
  }

  /** Checks that nothing is absent. */
  public AuditRecord {
    requireNonNull(time, "time");
    requireNonNull(method, "method");
    requireNonNull(origin, "origin");
    requireNonNull(outcome, "outcome");
    requireNonNull(leftOut, "leftOut");
  }

  /** The peer's address without its port; {@code unknown} where there is none. */
  public String peer() {
    return origin.peer();
  }

  /** The caller; empty for a public method and for a refusal before the caller was known. */
  public Optional<Caller> caller() {
    return origin.caller();
  }

  /** The facts of a refused credential; empty where it cannot be read or the caller is known. */
  public Optional<Facts> facts() {
    return origin.facts();
  }

  /** The same record, standing for those left out too. */
  public AuditRecord withLeftOut(LeftOut others) {
    return new AuditRecord(time, method, origin, outcome, others);
  }
}
