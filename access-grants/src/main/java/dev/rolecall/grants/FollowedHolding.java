package dev.rolecall.grants;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.grant.Holding;
import dev.rolecall.grants.internal.known.GrantKey;
import dev.rolecall.grants.internal.known.KnownGrant;
import dev.rolecall.grants.internal.known.KnownState;
import dev.rolecall.grants.internal.known.Round;
import dev.rolecall.grants.internal.known.Term;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A permission that a caller holds by grants that are followed. It keeps its last answer for as
 * long as nothing has changed and no grant of the caller's begins or ends: then a question is the
 * ticker and three fields. Safe for use by many threads.
 */
final class FollowedHolding implements Holding {

  private final KnownState state;
  private final Caller caller;

  private final String permission;

  /** The keys that grants of the caller have; none if it can hold none. */
  private final List<GrantKey> keys;

  private final String resource;

  private volatile @Nullable Answer answer;

  /**
   * An answer as of one state.
   *
   * @param round the state
   * @param until when it must be asked anew, by the ticker
   * @param endMillis when the last of the grants that hold now ends; 0 if none holds
   * @param reason why none holds; else null
   */
  private record Answer(Round round, long until, long endMillis, @Nullable RefusalReason reason) {}

  /**
   * The view of those grants.
   *
   * @param resource empty where only a grant without resources will do
   */
  FollowedHolding(
      KnownState state, Caller caller, String permission, List<GrantKey> keys, String resource) {
    this.state = requireNonNull(state, "state");
    this.caller = requireNonNull(caller, "caller");
    this.permission = requireNonNull(permission, "permission");
    this.keys = List.copyOf(keys);
    this.resource = requireNonNull(resource, "resource");
  }

  @Override
  public boolean isHeld() {
    long now = state.ticks();
    return state.isFresh(now) && answer(now).reason() == null;
  }

  @Override
  public long endTicks() {
    Answer current = answer(state.ticks());
    return current.round().ticksOf(current.endMillis());
  }

  @Override
  public Instant end() {
    return Instant.ofEpochMilli(answer(state.ticks()).endMillis());
  }

  @Override
  public RefusalReason reason() {
    long now = state.ticks();
    if (!state.isFresh(now)) {
      return state.isLocked(caller) ? RefusalReason.CALLER_LOCKED : RefusalReason.GRANTS_STALE;
    }
    RefusalReason reason = answer(now).reason();
    // It may have begun to hold since the question.
    return reason == null ? RefusalReason.GRANT_REQUIRED : reason;
  }

  @Override
  public boolean isExtendable() {
    return true;
  }

  @Override
  public boolean isAwaited() {
    long now = state.ticks();
    return state.isAwaiting(now) && answer(now).reason() == RefusalReason.GRANTS_STALE;
  }

  private Answer answer(long now) {
    Answer known = answer;
    Round round = state.round();
    if (known != null && known.round() == round && now - known.until() < 0) {
      return known;
    }
    Answer next = asked(round, now, known);
    answer = next;
    return next;
  }

  private Answer asked(Round round, long now, @Nullable Answer before) {
    if (state.isLocked(caller)) {
      return new Answer(round, round.ticksOf(Long.MAX_VALUE), 0, RefusalReason.CALLER_LOCKED);
    }
    if (!state.covers(permission)) {
      return new Answer(round, round.ticksOf(Long.MAX_VALUE), 0, RefusalReason.GRANTS_STALE);
    }
    long service = round.serviceMillis(now);
    long end = 0;
    long turn = Long.MAX_VALUE;
    RefusalReason worst = RefusalReason.GRANT_REQUIRED;
    for (GrantKey key : keys) {
      for (KnownGrant grant : state.grants(key)) {
        Term term = grant.term();
        if (!grant.covers(resource)) {
          continue;
        }
        if (term.revoked()) {
          worst = RefusalReason.GRANT_REVOKED;
        } else if (term.endsAtMillis() <= service) {
          worst = worst == RefusalReason.GRANT_REVOKED ? worst : RefusalReason.GRANT_EXPIRED;
        } else if (term.startsAtMillis() > service) {
          turn = Math.min(turn, term.startsAtMillis());
        } else {
          end = Math.max(end, term.endsAtMillis());
        }
      }
    }
    return end > 0
        ? new Answer(round, round.ticksOf(Math.min(turn, end)), end, null)
        : new Answer(round, round.ticksOf(turn), 0, reasonAfter(before, service).orElse(worst));
  }

  /**
   * The reason that follows from the last answer. An older grant that was revoked is no reason for
   * the end of a later one; and one that has been forgotten since is still the reason.
   */
  private static Optional<RefusalReason> reasonAfter(@Nullable Answer before, long service) {
    if (before == null) {
      return Optional.empty();
    }
    RefusalReason reason = before.reason();
    if (reason == null) {
      return before.endMillis() <= service
          ? Optional.of(RefusalReason.GRANT_EXPIRED)
          : Optional.empty();
    }
    return reason == RefusalReason.GRANT_EXPIRED || reason == RefusalReason.GRANT_REVOKED
        ? Optional.of(reason)
        : Optional.empty();
  }
}
