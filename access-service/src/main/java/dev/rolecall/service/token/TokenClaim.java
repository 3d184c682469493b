package dev.rolecall.service.token;

import static java.util.Objects.requireNonNull;

import dev.rolecall.grants.token.GrantScope;
import dev.rolecall.grants.token.GrantTokenClaims;
import dev.rolecall.grants.token.TokenHolder;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RoleId;
import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.service.failure.AccessFailure;
import dev.rolecall.service.failure.FailureReason;
import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.request.Subject;
import dev.rolecall.service.store.GrantSight;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/**
 * A caller's claim to a token of a grant. It is judged by what the store shows, and by nothing
 * else: the same sight gives the same judgement.
 *
 * @param issuer the name of the service, for the token
 * @param caller the proven caller
 * @param subject the same, as grants name it
 * @param grantId the grant
 * @param locks tells which callers a lock means
 */
record TokenClaim(
    String issuer, Caller caller, Subject subject, String grantId, CallerLocks locks) {

  private static final int LONGEST_ID = 100;

  TokenClaim {
    requireNonNull(issuer, "issuer");
    requireNonNull(caller, "caller");
    requireNonNull(subject, "subject");
    requireNonNull(grantId, "grantId");
    requireNonNull(locks, "locks");
  }

  /** Whether the id can be one at all. */
  boolean isPossible() {
    return !grantId.isEmpty() && grantId.length() <= LONGEST_ID;
  }

  /** The answer for a grant that there is not, and for one of others: the two are told alike. */
  AccessFailure absent() {
    return AccessFailure.ofValue(
        FailureReason.GRANT_NOT_FOUND, "grant", grantId, "the id of a grant that the caller holds");
  }

  TokenJudgement judge(GrantSight sight) {
    if (sight.locks().stream().anyMatch(lock -> locks.hits(lock, caller))) {
      return no(
          FailureReason.CALLER_LOCKED,
          "the caller is locked (next step: ask an administrator of the access service)");
    }
    AccessGrant grant = sight.grant();
    TokenHolder holder = holder(grant.holder());
    if (!holder.is(caller)) {
      return grant.holder().isSamePartyAs(subject)
          ? no(
              FailureReason.NOT_THE_HOLDER,
              "the grant is held through another role (expected: a call as "
                  + InvalidValue.printable(grant.holder().principal())
                  + ")")
          : new TokenJudgement.Refused(absent());
    }
    return switch (grant.state()) {
      case SCHEDULED ->
          no(
              FailureReason.GRANT_NOT_STARTED,
              "the grant starts at "
                  + grant.period().startsAt()
                  + " (expected: a call after that)");
      case REVOKED -> no(FailureReason.GRANT_ENDED, "the grant was revoked");
      case EXPIRED ->
          no(FailureReason.GRANT_ENDED, "the grant ended at " + grant.period().endsAt());
      case ACTIVE -> token(grant, holder, sight.time());
    };
  }

  /** The token of a grant that holds. Its times are whole seconds, so its end is rounded down. */
  private TokenJudgement token(AccessGrant grant, TokenHolder holder, Instant now) {
    Instant issued = now.truncatedTo(ChronoUnit.SECONDS);
    Instant longest = issued.plus(GrantTokenClaims.LONGEST_LIFE);
    Instant end = grant.period().endsAt().truncatedTo(ChronoUnit.SECONDS);
    Instant expiry = end.isBefore(longest) ? end : longest;
    if (!expiry.isAfter(now)) {
      return no(
          FailureReason.GRANT_ENDED,
          "the grant ends within a second, at " + grant.period().endsAt());
    }
    return new TokenJudgement.Granted(
        new GrantTokenClaims(
            issuer,
            new GrantTokenClaims.GrantRef(grant.id(), grant.standing().version()),
            new GrantScope(grant.scope().permission(), Set.copyOf(grant.scope().resources())),
            holder,
            new GrantTokenClaims.Life(issued, expiry)));
  }

  private static TokenHolder holder(Subject holder) {
    return new TokenHolder(
        holder.principal(),
        holder.roleId().map(RoleId::value).orElse(""),
        holder.sessionName().orElse(""));
  }

  private static TokenJudgement no(FailureReason reason, String sentence) {
    return new TokenJudgement.Refused(AccessFailure.of(reason, sentence));
  }
}
