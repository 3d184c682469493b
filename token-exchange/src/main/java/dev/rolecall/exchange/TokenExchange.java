package dev.rolecall.exchange;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.AccessControl;
import dev.rolecall.access.Admission;
import dev.rolecall.access.CallRequest;
import dev.rolecall.access.CalledMethod;
import dev.rolecall.access.ConnectionMemo;
import dev.rolecall.access.Outcome;
import dev.rolecall.access.Pending;
import dev.rolecall.access.Refusal;
import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.internal.Supervisor;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Trades proofs for tokens. The engine verifies each proof and asks the policy, so a token is
 * decided, limited and recorded as a call is. Safe for use by many threads; never blocks, but for
 * the CPU time of a signature.
 *
 * <p>In the policy a token for an audience is a method: {@value #SUBJECT_SERVICE} with the audience
 * for the one that the token is about, {@value #ACTOR_SERVICE} for the one that acts for it.
 */
final class TokenExchange {

  /** The service of the policy's paths for a subject. */
  static final String SUBJECT_SERVICE = "rolecall.exchange";

  /** The service of the policy's paths for an actor. */
  static final String ACTOR_SERVICE = "rolecall.exchange.actor";

  private final AccessControl access;
  private final TokenMint mint;
  private final Executor workers;
  private final Supervisor supervisor;

  /** An exchange whose late answers run on those threads. */
  TokenExchange(AccessControl access, TokenMint mint, Executor workers) {
    this.access = requireNonNull(access, "access");
    this.mint = requireNonNull(mint, "mint");
    this.workers = requireNonNull(workers, "workers");
    this.supervisor = access.runtime().supervisor();
    access.runtime().supervising(SupervisedTask.TOKEN_EXCHANGE);
  }

  /**
   * Answers a request: on this thread where its proofs are known, else later on the workers.
   *
   * @param connection the connection that it came in on
   * @param sender the client's certificate, for the token to be bound to
   * @param answer called once
   */
  void exchange(
      ExchangeRequest request,
      ConnectionMemo connection,
      Optional<BindingHash> sender,
      Consumer<ExchangeOutcome> answer) {
    judge(
        new Presented(
            method(SUBJECT_SERVICE, request),
            connection,
            ExchangeRequest.SUBJECT,
            Credential.bearer(request.subject())),
        answer,
        subject ->
            request
                .actor()
                .ifPresentOrElse(
                    proof ->
                        judge(
                            new Presented(
                                method(ACTOR_SERVICE, request),
                                connection,
                                ExchangeRequest.ACTOR,
                                Credential.bearer(proof)),
                            answer,
                            actor -> issue(request, subject, Optional.of(actor), sender, answer)),
                    () -> issue(request, subject, Optional.empty(), sender, answer)));
  }

  private CalledMethod method(String service, ExchangeRequest request) {
    // Clients make audiences up, so metrics do not name them.
    return access.method(service + "/" + request.target().inPolicy(), false);
  }

  private void issue(
      ExchangeRequest request,
      Caller subject,
      Optional<Caller> actor,
      Optional<BindingHash> sender,
      Consumer<ExchangeOutcome> answer) {
    answer.accept(
        mint.issue(new TokenContent(subject, actor, request.target(), sender), request.type()));
  }

  private void judge(Presented proof, Consumer<ExchangeOutcome> answer, Consumer<Caller> admitted) {
    Outcome outcome = access.check(proof.method(), proof.connection(), proof.credential());
    if (outcome instanceof Pending pending) {
      // On a thread of the look-up, which must not sign.
      pending.whenReady(
          () ->
              supervisor.executeOr(
                  workers,
                  SupervisedTask.TOKEN_EXCHANGE.label(),
                  () -> settle(proof, pending, answer, admitted),
                  () -> act(proof, pending.crowdedOut(), answer, admitted)));
    } else {
      act(proof, outcome, answer, admitted);
    }
  }

  private void settle(
      Presented proof,
      Pending pending,
      Consumer<ExchangeOutcome> answer,
      Consumer<Caller> admitted) {
    try {
      act(proof, pending.outcome(), answer, admitted);
    } catch (RuntimeException | Error e) {
      defect(proof, e, answer);
    }
  }

  /** The client hears of a fault of ours too. */
  private void defect(Presented proof, Throwable thrown, Consumer<ExchangeOutcome> answer) {
    answer.accept(ExchangeRefusal.of(proof.parameter(), Refusal.of(RefusalReason.DEFECT)));
    access.records().defect(() -> proof, thrown);
  }

  private void act(
      Presented proof,
      Outcome outcome,
      Consumer<ExchangeOutcome> answer,
      Consumer<Caller> admitted) {
    if (outcome instanceof Refusal refusal) {
      answer.accept(ExchangeRefusal.of(proof.parameter(), refusal));
      access.records().refused(proof, refusal);
      return;
    }
    @Nullable Caller caller = outcome instanceof Admission admission ? byRule(admission) : null;
    if (caller == null) {
      answer.accept(
          ExchangeRefusal.of(
              OAuthError.INVALID_TARGET,
              proof.parameter()
                  + ": no rule of the policy gives an IAM role a token for that audience"));
    } else {
      admitted.accept(caller);
    }
  }

  /**
   * The role that a rule admitted. A method that is public, or admitted in spite of a refusal,
   * names no role that may have a token.
   */
  private static @Nullable Caller byRule(Admission admission) {
    @Nullable Caller caller = admission.caller();
    return caller == null || admission.insteadOfRefusal() || caller.role().isEmpty()
        ? null
        : caller;
  }

  /**
   * A proof in a request, as records name it.
   *
   * @param parameter the parameter that it came in
   * @param credential masks itself
   */
  private record Presented(
      CalledMethod method, ConnectionMemo connection, String parameter, Credential credential)
      implements CallRequest {}
}
