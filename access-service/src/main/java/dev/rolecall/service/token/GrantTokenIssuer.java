package dev.rolecall.service.token;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.metrics.Instruments;
import dev.rolecall.access.internal.metrics.SteadyCounter;
import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.grants.v1.SigningKeys;
import dev.rolecall.identity.Caller;
import dev.rolecall.jwt.key.SigningKey;
import dev.rolecall.service.failure.AccessFailure;
import dev.rolecall.service.failure.FailureReason;
import dev.rolecall.service.request.Subject;
import dev.rolecall.service.store.AccessStore;
import dev.rolecall.service.store.Outage;
import dev.rolecall.service.store.Outcome;
import dev.rolecall.service.store.StoredKey;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * The issuer of grant tokens: for the holder of a grant that holds, unless the holder is locked. A
 * token lives five minutes at most, and never longer than its grant. The caller holds a grant by
 * the id of its role and, for a person, the name of its session.
 *
 * <p>The store judges and writes the event {@code token.issued} in one transaction, before the
 * token is signed. So each token has an event, and a grant that was revoked before has no token. An
 * event may be without its token, if the node ends just then.
 *
 * <p>Never blocks. Safe for use by many threads. Stages complete on a thread of the runtime or the
 * store.
 */
public final class GrantTokenIssuer {

  private static final AttributeKey<String> RESULT = AttributeKey.stringKey("result");
  private static final Outage NO_KEY =
      new Outage(
          Outage.Kind.UNREACHABLE,
          "this node does not know the signing keys for certain (next step: try again, or ask"
              + " another node)");

  private final String issuer;
  private final AccessStore store;
  private final TokenSigningKeys keys;
  private final CallerLocks locks;
  private final HolderBudget budget;
  private final Executor signing;
  private final SteadyCounter tokens;

  /**
   * An issuer.
   *
   * @param issuer its name in tokens, as {@link GrantTokenSettings} has it
   * @param keys outlive the issuer
   * @param locks tells which callers a lock means, by the rules in force
   */
  public GrantTokenIssuer(
      String issuer,
      AccessStore store,
      TokenSigningKeys keys,
      CallerLocks locks,
      AccessRuntime runtime) {
    this.issuer = requireNonNull(issuer, "issuer");
    this.store = requireNonNull(store, "store");
    this.keys = requireNonNull(keys, "keys");
    this.locks = requireNonNull(locks, "locks");
    this.budget = new HolderBudget(runtime.ticker());
    this.signing =
        runtime.supervisor().orHere(runtime.application(), SupervisedTask.TOKEN_EXCHANGE.label());
    this.tokens =
        new Instruments(runtime.telemetry())
            .counter("rolecall.access.tokens", "Answers to callers that want a token, by result.");
    tokens.add(0, Attributes.of(RESULT, "unavailable"));
  }

  /**
   * The keys that tokens are verified with. Empty while this node does not know them for certain,
   * which is an outage.
   */
  public Optional<SigningKeys> keys() {
    return keys.published().map(published -> KeyMessages.message(issuer, published));
  }

  /** Begins a rotation, as {@link TokenSigningKeys#rotate}; the keys from then on. */
  public CompletionStage<Outcome<SigningKeys>> rotateKeys(Subject actor) {
    return keys.rotate(actor).thenApply(this::message);
  }

  /** Replaces the keys, as {@link TokenSigningKeys#replaceAllAndRefuseTheirTokens}. */
  public CompletionStage<Outcome<SigningKeys>> replaceKeysAndRefuseTheirTokens(Subject actor) {
    return keys.replaceAllAndRefuseTheirTokens(actor).thenApply(this::message);
  }

  private Outcome<SigningKeys> message(Outcome<List<StoredKey>> changed) {
    return changed.map(published -> KeyMessages.message(issuer, published));
  }

  /**
   * Issues a token.
   *
   * <p>Refused: {@link FailureReason#GRANT_NOT_FOUND} for the grants of others too; {@link
   * FailureReason#NOT_THE_HOLDER} for a person's grant through another role; {@link
   * FailureReason#GRANT_NOT_STARTED}; {@link FailureReason#GRANT_ENDED}; {@link
   * FailureReason#CALLER_LOCKED}; {@link FailureReason#TOO_MANY} beyond 120 questions at once, or 2
   * a second, of one party at one node.
   *
   * @param caller the proven caller
   * @param subject the same, as the rules name it
   */
  public CompletionStage<TokenIssue> issue(Caller caller, Subject subject, String grantId) {
    return answer(caller, subject, grantId).thenApply(this::counted);
  }

  private TokenIssue counted(TokenIssue issue) {
    String result = issue.fold(issued -> "issued", failure -> "refused", outage -> "unavailable");
    tokens.add(1, Attributes.of(RESULT, result));
    return issue;
  }

  private CompletionStage<TokenIssue> answer(Caller caller, Subject subject, String grantId) {
    TokenClaim claim = new TokenClaim(issuer, caller, subject, grantId, locks);
    if (!budget.tryTake(subject.party())) {
      return refused(
          AccessFailure.of(
              FailureReason.TOO_MANY,
              "too many tokens for one holder (expected: 2 a second at most; a token can be used"
                  + " until it expires)"));
    }
    if (!claim.isPossible()) {
      return refused(claim.absent());
    }
    Optional<SigningKey> key = keys.current();
    if (key.isEmpty()) {
      return CompletableFuture.completedFuture(new TokenIssue.Unavailable(NO_KEY));
    }
    TokenDraft draft = new TokenDraft(claim, key.get());
    return store.noteOn(grantId, draft::note).thenApplyAsync(draft::answer, signing);
  }

  private static CompletionStage<TokenIssue> refused(AccessFailure failure) {
    return CompletableFuture.completedFuture(new TokenIssue.Refused(failure));
  }
}
