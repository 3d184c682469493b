package dev.rolecall.verifier;

import static dev.rolecall.identity.RefusalReason.CALLER_KIND_NOT_ACCEPTED;
import static dev.rolecall.identity.RefusalReason.ISSUER_ANSWER_INVALID;
import static dev.rolecall.identity.RefusalReason.ISSUER_REFUSED;
import static dev.rolecall.identity.RefusalReason.ISSUER_UNAVAILABLE;

import dev.rolecall.identity.CallerEvidence;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.proof.ProofBinding;
import dev.rolecall.verifier.limits.Outcome;
import dev.rolecall.verifier.sts.Signer;
import dev.rolecall.verifier.sts.StsAnswer;
import dev.rolecall.verifier.sts.StsClient;
import dev.rolecall.verifier.sts.StsEndpoint;
import dev.rolecall.verifier.sts.StsRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Steps 8 to 11 of the protocol's section 5: asks STS about a proof, and judges what it says.
 *
 * @param useful which callers anything here could admit
 */
record StsConfirmer(
    StsCallerVerifier.Rules rules, StsClient sts, Clock clock, UsefulCallers useful) {

  /**
   * Asks. Completes exceptionally for a defect.
   *
   * @param began when the look-up began, by the ticker
   */
  CompletableFuture<Finding> confirm(CallerProof proof, StsEndpoint endpoint, long began) {
    return sts.ask(StsRequest.rebuild(endpoint, rules.audience(), proof), began) // 8, 9
        .thenApply(
            answer -> {
              Verification verification = judge(answer, proof, endpoint);
              return new Finding(verification, outcome(answer, verification))
                  .with(() -> rules.facts(proof, Optional.of(answer)));
            });
  }

  private Verification judge(StsAnswer answer, CallerProof proof, StsEndpoint endpoint) {
    return answer.fold(
        identity ->
            Signer.read(identity, endpoint.partition()) // 10
                .fold(
                    session -> admit(session, proof), // 11
                    () -> new Verification.Refused(CALLER_KIND_NOT_ACCEPTED),
                    () -> unavailable(ISSUER_ANSWER_INVALID, endpoint)),
        () -> new Verification.Refused(ISSUER_REFUSED),
        () -> unavailable(ISSUER_UNAVAILABLE, endpoint),
        () -> unavailable(ISSUER_ANSWER_INVALID, endpoint));
  }

  private Outcome outcome(StsAnswer answer, Verification verification) {
    if (!answer.wasAsked()) {
      return Outcome.NOT_ASKED;
    }
    return verification.fold(
        verified -> useful.include(verified.caller()) ? Outcome.USEFUL : Outcome.OF_NO_USE,
        refused -> Outcome.REFUSED,
        unavailable -> answer.isFromSts() ? Outcome.BUSY : Outcome.UNANSWERED);
  }

  private Verification admit(Signer.RoleSession session, CallerProof proof) {
    Instant now = clock.instant();
    return rules
        .lifetime()
        .refusal(proof, now) // 5 again: it may have lapsed while STS was asked.
        .<Verification>map(Verification.Refused::new)
        .orElseGet(
            () ->
                rules.callers().admit(session, rules.lifetime().notAfter(proof), evidence(proof)));
  }

  /** The binding rule has seen to it that a proof bound to a key came in its certificate. */
  private static CallerEvidence evidence(CallerProof proof) {
    return proof.binding() instanceof ProofBinding.Key
        ? CallerEvidence.ATTESTED_CERTIFICATE
        : CallerEvidence.CALL_PROOF;
  }

  /** The endpoint could not be asked, or did not say. */
  Verification unavailable(RefusalReason reason, StsEndpoint endpoint) {
    return new Verification.Unavailable(reason, Optional.of(sts.retryAfter(endpoint)));
  }
}
