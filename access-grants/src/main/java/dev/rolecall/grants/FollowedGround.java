package dev.rolecall.grants;

import static java.util.Objects.requireNonNull;

import dev.rolecall.grants.internal.known.KnownGrant;
import dev.rolecall.grants.internal.known.KnownState;
import dev.rolecall.grants.internal.known.Term;
import dev.rolecall.grants.internal.verify.TokenGround;
import dev.rolecall.identity.Caller;
import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.policy.grant.PermissionName;
import java.util.Optional;

/**
 * The things that a server which follows a feed knows beside a grant token. The keys come from the
 * service itself, so a token can be of no other issuer.
 */
final class FollowedGround implements TokenGround {

  private final KnownState state;

  FollowedGround(KnownState state) {
    this.state = requireNonNull(state, "state");
  }

  @Override
  public Object version() {
    return state.round();
  }

  @Override
  public boolean isReliable(PermissionName permission, long ticks) {
    return state.isFresh(ticks) && state.covers(permission.value());
  }

  @Override
  public KeySet keys() {
    return state.keys();
  }

  @Override
  public Optional<String> issuer() {
    return Optional.empty();
  }

  @Override
  public boolean isLocked(Caller caller) {
    return state.isLocked(caller);
  }

  @Override
  public Optional<Term> term(String grantId) {
    return state.grant(grantId).map(KnownGrant::term);
  }

  @Override
  public long ticks() {
    return state.ticks();
  }

  @Override
  public long serviceMillis(long ticks) {
    return state.round().serviceMillis(ticks);
  }
}
