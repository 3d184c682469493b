package dev.rolecall.verifier;

import static dev.rolecall.identity.RefusalReason.CALLER_KIND_NOT_ACCEPTED;
import static dev.rolecall.identity.RefusalReason.ISSUER_ANSWER_INVALID;
import static dev.rolecall.identity.RefusalReason.ISSUER_REFUSED;
import static dev.rolecall.identity.RefusalReason.ISSUER_UNAVAILABLE;

import dev.rolecall.access.scheme.Answer;
import dev.rolecall.access.scheme.Facts;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.verifier.internal.answer.Signer;
import dev.rolecall.verifier.internal.answer.StsAnswer;
import dev.rolecall.verifier.internal.answer.StsIdentity;
import dev.rolecall.verifier.internal.endpoint.StsEndpoint;
import dev.rolecall.verifier.internal.http.StsRequest;
import dev.rolecall.verifier.internal.sts.StsClient;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Steps 8 to 11 of the protocol's section 5: asks STS about a proof, and judges its answer. */
record StsConfirmer(ProofRules rules, StsClient sts, Clock clock) {

  /** The name of the scheme, as evidence has it. */
  static final String SCHEME = "aws-iam";

  /**
   * Asks. Completes exceptionally for a defect.
   *
   * @param began when the look-up began, by the ticker
   */
  CompletableFuture<Answer> confirm(CallerProof proof, StsEndpoint endpoint, long began) {
    Audience own = rules.own(proof).orElseThrow();
    return sts.ask(StsRequest.rebuild(endpoint, own, proof), began) // 8, 9
        .thenApply(answer -> new Answer(judge(answer, proof, endpoint), reply(answer)));
  }

  private static Answer.Reply reply(StsAnswer answer) {
    if (!answer.wasAsked()) {
      return Answer.Reply.NOT_ASKED;
    }
    return answer.isFromSts() ? Answer.Reply.ANSWERED : Answer.Reply.UNANSWERED;
  }

  private Verification judge(StsAnswer answer, CallerProof proof, StsEndpoint endpoint) {
    ProofFacts facts = rules.facts(proof, Optional.of(answer));
    return answer.fold(
        identity -> judge(identity, proof, endpoint, facts),
        () -> refused(ISSUER_REFUSED, facts),
        () -> unavailable(ISSUER_UNAVAILABLE, endpoint, facts),
        () -> unavailable(ISSUER_ANSWER_INVALID, endpoint, facts));
  }

  private Verification judge(
      StsIdentity identity, CallerProof proof, StsEndpoint endpoint, ProofFacts facts) {
    return Signer.read(identity, endpoint.partition()) // 10
        .fold(
            session -> admit(session, proof, facts), // 11
            () -> refused(CALLER_KIND_NOT_ACCEPTED, facts),
            () -> unavailable(ISSUER_ANSWER_INVALID, endpoint, facts));
  }

  private Verification admit(Signer.RoleSession session, CallerProof proof, ProofFacts facts) {
    Instant now = clock.instant();
    return rules
        .lifetime()
        .refusal(proof, now) // 5 again: it may have lapsed while STS was asked.
        .map(untimely -> refused(untimely, facts))
        .orElseGet(
            () ->
                rules
                    .callers()
                    .admit(session, rules.lifetime().notAfter(proof), proof.binding(), facts));
  }

  private static Verification refused(RefusalReason reason, Facts facts) {
    return new Verification.Refused(reason, Optional.of(facts));
  }

  private Verification unavailable(RefusalReason reason, StsEndpoint endpoint, Facts facts) {
    return new Verification.Unavailable(
        reason, Optional.of(sts.retryAfter(endpoint)), Optional.of(facts));
  }
}
