package dev.rolecall.service.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.rolecall.grants.token.GrantTokenClaims;
import dev.rolecall.jwt.TokenSigner;
import dev.rolecall.jwt.json.ObjectBuilder;
import dev.rolecall.jwt.key.SigningKey;
import dev.rolecall.service.request.AccessEvent;
import dev.rolecall.service.request.EventKind;
import dev.rolecall.service.store.GrantSight;
import dev.rolecall.service.store.Note;
import dev.rolecall.service.store.Outcome;
import java.util.Optional;

/**
 * A token that is being issued. What is judged in the transaction counts, and is signed afterwards:
 * the rules may be others a moment later. One thread at a time. No record: it has a secret.
 */
final class TokenDraft {

  private final TokenClaim claim;
  private final SigningKey key;
  private volatile TokenJudgement judged;

  TokenDraft(TokenClaim claim, SigningKey key) {
    this.claim = requireNonNull(claim, "claim");
    this.key = requireNonNull(key, "key");
    this.judged = new TokenJudgement.Refused(claim.absent());
  }

  /** The event of the token, if the claim is good. In the transaction; may be asked again. */
  Optional<Note> note(GrantSight sight) {
    judged = claim.judge(sight);
    return judged.fold(claims -> Optional.of(event(claims)), failure -> Optional.empty());
  }

  private Note event(GrantTokenClaims claims) {
    String id = claims.grant().id();
    ObjectBuilder body =
        new ObjectBuilder()
            .put("grant_id", id)
            .put("grant_version", claims.grant().version())
            .put("permission", claims.scope().permission().value())
            .put("issued_at", claims.life().issuedAt().toString())
            .put("expires_at", claims.life().expiry().toString())
            .put("kid", key.kid());
    return new Note(
        EventKind.TOKEN_ISSUED,
        new AccessEvent.About(id, Optional.of(id), Optional.of(claims.scope().permission())),
        claim.subject(),
        new String(body.build().toJson(), UTF_8));
  }

  /** The answer, once the transaction has ended. Takes up to 3 ms of CPU time to sign. */
  TokenIssue answer(Outcome<GrantSight> outcome) {
    return outcome.fold(
        sight -> judged.<TokenIssue>fold(this::signed, TokenIssue.Refused::new),
        refusal -> new TokenIssue.Refused(claim.absent()),
        TokenIssue.Unavailable::new);
  }

  private TokenIssue signed(GrantTokenClaims claims) {
    return new TokenIssue.Issued(
        TokenSigner.of(key).sign(GrantTokenClaims.TYPE, claims.toJson()), claims.life().expiry());
  }

  @Override
  public String toString() {
    return "TokenDraft[" + claim.grantId() + ", ****]";
  }
}
