package dev.rolecall.grants;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.grant.Grants;
import dev.rolecall.access.grant.Holding;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.grants.internal.known.Term;
import dev.rolecall.grants.internal.verify.TokenChecks;
import dev.rolecall.grants.internal.verify.TokenGround;
import dev.rolecall.identity.Caller;
import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.policy.grant.ResourceName;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** The grants of a server that follows no feed: those of tokens. */
final class TokenGrants implements Grants, TokenGround {

  private final TokenKeys keys;
  private final String issuer;
  private final AccessRuntime runtime;
  private final ChangeListeners listeners;
  private final TokenChecks tokens;
  private final AtomicLong changes = new AtomicLong();

  private volatile Runnable stopping = () -> {};
  private volatile boolean closed;

  TokenGrants(TokenKeys keys, String issuer, AccessRuntime runtime) {
    this.keys = requireNonNull(keys, "keys");
    this.issuer = requireNonNull(issuer, "issuer");
    this.runtime = requireNonNull(runtime, "runtime");
    this.listeners = new ChangeListeners(runtime);
    this.tokens = new TokenChecks(this, runtime);
  }

  /** These, which end that when they are closed. */
  Grants closing(Runnable stop) {
    stopping = stop;
    return this;
  }

  /** The keys are others: tokens of a key that is gone hold nothing. */
  void changed() {
    changes.incrementAndGet();
    listeners.tell();
  }

  @Override
  public void require(Set<PermissionName> permissions) {}

  /** Nothing: only a token says what a caller holds. */
  @Override
  public Holding holding(
      Caller caller, PermissionName permission, Optional<ResourceName> resource) {
    return Holding.none();
  }

  @Override
  public Holding holdingByToken(
      Caller caller, String token, PermissionName permission, Optional<ResourceName> resource) {
    return tokens.holding(caller, token, permission, resource);
  }

  @Override
  public boolean isLocked(Caller caller) {
    return false;
  }

  @Override
  public int lockRound() {
    return 0;
  }

  @Override
  public long changes() {
    return changes.get();
  }

  @Override
  public Registration onChange(Runnable listener) {
    return listeners.add(listener);
  }

  @Override
  public void close() {
    closed = true;
    stopping.run();
  }

  @Override
  public Object version() {
    return keys.get();
  }

  @Override
  public boolean isReliable(PermissionName permission, long ticks) {
    return !closed;
  }

  @Override
  public KeySet keys() {
    return keys.get();
  }

  @Override
  public Optional<String> issuer() {
    return Optional.of(issuer);
  }

  @Override
  public Optional<Term> term(String grantId) {
    return Optional.empty();
  }

  @Override
  public long ticks() {
    return runtime.ticker().getAsLong();
  }

  @Override
  public long serviceMillis(long ticks) {
    return runtime.clock().millis();
  }
}
