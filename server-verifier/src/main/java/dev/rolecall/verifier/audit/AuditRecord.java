package dev.rolecall.verifier.audit;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Caller;
import dev.rolecall.verifier.ProofFacts;
import java.time.Instant;
import java.util.Optional;

/**
 * One decision about one call. Holds no part of a proof, so a record may be kept for as long as the
 * operator likes.
 *
 * @param time when it was decided, by the server's clock
 * @param method the method's full name, {@code package.Service/Method}; where a server has a
 *     fallback registry, the peer chose it
 * @param peer the peer's address without its port; {@code unknown} where there is none
 * @param caller who called, once STS confirmed it; empty for a public method and for a refusal
 *     before the caller was known
 * @param proof the facts of a refused proof: endpoint, access key id, audiences and STS's code;
 *     empty where there is no readable proof, and where the caller is known
 * @param outcome what was decided
 * @param leftOut the decisions before it that have no record, because there were too many:
 *     refusals, and differences of a shadow policy
 */
public record AuditRecord(
    Instant time,
    String method,
    String peer,
    Optional<Caller> caller,
    Optional<ProofFacts> proof,
    AuditOutcome outcome,
    LeftOut leftOut) {

  /** Checks that nothing is absent. */
  public AuditRecord {
    requireNonNull(time, "time");
    requireNonNull(method, "method");
    requireNonNull(peer, "peer");
    requireNonNull(caller, "caller");
    requireNonNull(proof, "proof");
    requireNonNull(outcome, "outcome");
    requireNonNull(leftOut, "leftOut");
  }

  /** The same record, standing for those left out too. */
  public AuditRecord withLeftOut(LeftOut others) {
    return new AuditRecord(time, method, peer, caller, proof, outcome, others);
  }
}
