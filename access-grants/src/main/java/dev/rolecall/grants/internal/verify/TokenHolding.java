package dev.rolecall.grants.internal.verify;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.grant.Holding;
import dev.rolecall.grants.internal.known.Term;
import dev.rolecall.grants.token.GrantTokenClaims;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.policy.grant.ResourceName;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A permission that a caller holds by a grant token. No record: it holds a secret. Safe for use by
 * many threads.
 */
final class TokenHolding implements Holding {

  private final TokenChecks checks;
  private final TokenGround ground;
  private final Caller caller;
  private final String token;
  private final PermissionName permission;
  private final Optional<ResourceName> resource;

  private volatile @Nullable Answer answer;

  /**
   * An answer as of one version of what is known.
   *
   * @param genuine the token, if it is its issuer's
   * @param refusal why it is not held; null if it is
   * @param settled whether it stays until the version is another, or the token ends
   */
  private record Answer(
      Object version,
      TokenVerdict.@Nullable Genuine genuine,
      @Nullable RefusalReason refusal,
      boolean settled) {}

  TokenHolding(
      TokenChecks checks,
      Caller caller,
      String token,
      PermissionName permission,
      Optional<ResourceName> resource) {
    this.checks = checks;
    this.ground = checks.ground();
    this.caller = requireNonNull(caller, "caller");
    this.token = requireNonNull(token, "token");
    this.permission = requireNonNull(permission, "permission");
    this.resource = requireNonNull(resource, "resource");
  }

  @Override
  public boolean isHeld() {
    long now = ground.ticks();
    return ground.isReliable(permission, now) && answer(now).refusal() == null;
  }

  @Override
  public RefusalReason reason() {
    long now = ground.ticks();
    RefusalReason refusal = answer(now).refusal();
    if (refusal == RefusalReason.CALLER_LOCKED || ground.isReliable(permission, now)) {
      return refusal == null ? RefusalReason.GRANT_REQUIRED : refusal;
    }
    return RefusalReason.GRANTS_STALE;
  }

  @Override
  public long endTicks() {
    TokenVerdict.Genuine genuine = answer(ground.ticks()).genuine();
    return genuine == null ? ground.ticks() : genuine.endTicks();
  }

  @Override
  public Instant end() {
    TokenVerdict.Genuine genuine = answer(ground.ticks()).genuine();
    return genuine == null ? Instant.EPOCH : genuine.claims().life().expiry();
  }

  /** The token ends when it ends. */
  @Override
  public boolean isExtendable() {
    return false;
  }

  private Answer answer(long now) {
    Answer known = answer;
    Object version = ground.version();
    if (known != null && known.settled() && known.version() == version && !hasEnded(known, now)) {
      return known;
    }
    Answer next = asked(version, now);
    answer = next;
    return next;
  }

  private boolean hasEnded(Answer known, long now) {
    return known.refusal() == null && known.genuine() != null && isOver(known.genuine(), now);
  }

  /** By elapsed time, and by the clock where there is one: whichever comes first. */
  private boolean isOver(TokenVerdict.Genuine genuine, long now) {
    return now - genuine.endTicks() >= 0
        || ground.serviceMillis(now) >= genuine.claims().life().expiry().toEpochMilli();
  }

  private Answer asked(Object version, long now) {
    if (ground.isLocked(caller)) {
      return new Answer(version, null, RefusalReason.CALLER_LOCKED, false);
    }
    TokenVerdict verdict = checks.of(token, caller, now);
    if (verdict instanceof TokenVerdict.Genuine genuine) {
      return new Answer(version, genuine, refusal(genuine, now), true);
    }
    return verdict instanceof TokenVerdict.Refused refused
        ? new Answer(version, null, refused.reason(), true)
        : new Answer(version, null, RefusalReason.GRANTS_STALE, false);
  }

  /** What is known of the grant wins over the token; null if the permission is held. */
  private @Nullable RefusalReason refusal(TokenVerdict.Genuine genuine, long now) {
    GrantTokenClaims claims = genuine.claims();
    if (!claims.holder().is(caller) || !claims.scope().covers(permission, resource)) {
      return RefusalReason.GRANT_REQUIRED;
    }
    Optional<Term> known = ground.term(claims.grant().id());
    if (known.map(Term::revoked).orElse(false)) {
      return RefusalReason.GRANT_REVOKED;
    }
    long service = ground.serviceMillis(now);
    boolean ended = known.filter(term -> term.endsAtMillis() <= service).isPresent();
    if (ended || isOver(genuine, now)) {
      return RefusalReason.GRANT_EXPIRED;
    }
    return known.filter(term -> term.startsAtMillis() > service).isPresent()
        ? RefusalReason.GRANT_REQUIRED
        : null;
  }

  @Override
  public String toString() {
    return "TokenHolding[****]";
  }
}
