package dev.rolecall.grants;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.grant.Grants;
import dev.rolecall.access.grant.Holding;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.grants.internal.feed.FeedClient;
import dev.rolecall.grants.internal.feed.FeedNodes;
import dev.rolecall.grants.internal.feed.FeedSettings;
import dev.rolecall.grants.internal.known.GrantKey;
import dev.rolecall.grants.internal.known.KnownState;
import dev.rolecall.grants.internal.verify.TokenChecks;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.IamRole;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.policy.grant.ResourceName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The grants of a server that follows a feed. */
final class FollowedGrants implements Grants {

  private final KnownState state;
  private final ChangeListeners listeners;
  private final TokenChecks tokens;
  private final FeedClient feed;
  private final String asking;

  /**
   * Grants that are followed once they are required. Blocks on the file, if there is one.
   *
   * @param asking where callers ask for a permission, for people
   */
  FollowedGrants(
      FeedSettings settings,
      FeedNodes nodes,
      KnownState state,
      AccessRuntime runtime,
      String asking) {
    this.state = requireNonNull(state, "state");
    this.asking = requireNonNull(asking, "asking");
    this.listeners = new ChangeListeners(runtime);
    this.tokens = new TokenChecks(new FollowedGround(state), runtime);
    this.feed = new FeedClient(settings, nodes, state, runtime, this::changed);
  }

  private void changed() {
    long changes = state.changes();
    if (!listeners.tell()) {
      // No door looks calls over: each call asks for itself.
      enforced(changes, 0);
    }
  }

  @Override
  public void require(Set<PermissionName> permissions) {
    feed.follow(
        permissions.stream().map(PermissionName::value).collect(Collectors.toUnmodifiableSet()));
  }

  @Override
  public Holding holding(
      Caller caller, PermissionName permission, Optional<ResourceName> resource) {
    return new FollowedHolding(
        state,
        caller,
        permission.value(),
        keys(caller, permission.value()),
        resource.map(ResourceName::value).orElse(""));
  }

  /** A role is known by its id, and a person of it by the session too. */
  private static List<GrantKey> keys(Caller caller, String permission) {
    if (!(caller.principal() instanceof IamRole role)) {
      return List.of(new GrantKey(permission, caller.principal().text(), ""));
    }
    if (role.id().isEmpty()) {
      return List.of();
    }
    String id = role.id().get().value();
    GrantKey ofRole = new GrantKey(permission, id, "");
    return caller
        .evidence()
        .sessionName()
        .map(name -> List.of(ofRole, new GrantKey(permission, id, name.toLowerCase(Locale.ROOT))))
        .orElse(List.of(ofRole));
  }

  @Override
  public Holding holdingByToken(
      Caller caller, String token, PermissionName permission, Optional<ResourceName> resource) {
    return tokens.holding(caller, token, permission, resource);
  }

  @Override
  public boolean isLocked(Caller caller) {
    return state.isLocked(caller);
  }

  @Override
  public int lockRound() {
    return state.lockRound();
  }

  @Override
  public long changes() {
    return state.changes();
  }

  @Override
  public void enforced(long changes, int ended) {
    feed.enforced(changes, ended);
  }

  @Override
  public Optional<String> advice(PermissionName permission) {
    return Optional.of(
        "Ask for it with: rolecall access request " + permission + " --server " + asking);
  }

  @Override
  public Registration onChange(Runnable listener) {
    return listeners.add(listener);
  }

  @Override
  public void close() {
    feed.close();
    state.close();
  }
}
