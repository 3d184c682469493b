package dev.rolecall.verifier.grpc;

import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.RuleName;
import dev.rolecall.verifier.ProofFacts;
import dev.rolecall.verifier.Verification;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * What a call is refused, or ended, with.
 *
 * @param reason why
 * @param help what an honest caller may learn beyond the reason: its own role, the server's clock
 * @param retryAfter how long to wait before another try, where that is known
 * @param rule the rule that denied it; for the server's records, never for the peer
 * @param facts the facts of the proof, where it could be read; for the server's records likewise
 */
record Refusal(
    RefusalReason reason,
    Map<String, String> help,
    Optional<Duration> retryAfter,
    Optional<RuleName> rule,
    Optional<ProofFacts> facts) {

  /**
   * A refusal for that reason. A caller whose clock is wrong is told what this server's says.
   *
   * @param now the server's clock
   */
  static Refusal of(RefusalReason reason, Instant now) {
    return of(reason, now, Optional.empty());
  }

  /** The proof is not good. */
  static Refusal of(Verification.Refused refused, Instant now) {
    return of(refused.reason(), now, refused.facts());
  }

  private static Refusal of(RefusalReason reason, Instant now, Optional<ProofFacts> facts) {
    boolean aboutClocks =
        reason == RefusalReason.CREDENTIAL_EXPIRED
            || reason == RefusalReason.CREDENTIAL_NOT_YET_VALID;
    return new Refusal(
        reason,
        aboutClocks
            ? Map.of("serverTime", now.truncatedTo(ChronoUnit.SECONDS).toString())
            : Map.of(),
        Optional.empty(),
        Optional.empty(),
        facts);
  }

  /** A refusal for a reason that is not about time. */
  static Refusal of(RefusalReason reason) {
    return new Refusal(reason, Map.of(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** It could not be found out who calls. */
  static Refusal of(Verification.Unavailable unavailable) {
    return new Refusal(
        unavailable.reason(),
        Map.of(),
        unavailable.retryAfter(),
        Optional.empty(),
        unavailable.facts());
  }

  /** A known caller whose role may not call the method. */
  static Refusal notAllowed(Caller caller, String method, Optional<RuleName> rule) {
    return new Refusal(
        RefusalReason.METHOD_NOT_ALLOWED,
        Map.of("role", caller.role().toString(), "method", method),
        Optional.empty(),
        rule,
        Optional.empty());
  }
}
