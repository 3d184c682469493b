package dev.rolecall.benchmarks.hooks;

import dev.rolecall.access.grant.GrantSource;
import dev.rolecall.access.grant.Grants;
import dev.rolecall.access.grant.Holding;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.policy.grant.ResourceName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Grants of every permission to every caller that end in a year. They are asked as a snapshot is: a
 * holding compares its version with that of the snapshot, and its end with the ticker.
 */
final class SteadyGrants implements GrantSource, Grants {

  private static final Duration YEAR = Duration.ofDays(365);

  private final AtomicLong changes = new AtomicLong(1);
  private LongSupplier ticker = System::nanoTime;

  @Override
  public Grants open(AccessRuntime runtime) {
    ticker = runtime.ticker();
    return this;
  }

  @Override
  public void require(Set<PermissionName> permissions) {}

  @Override
  public Holding holding(
      Caller caller, PermissionName permission, Optional<ResourceName> resource) {
    return new Steady(changes.get(), ticker.getAsLong() + YEAR.toNanos());
  }

  @Override
  public Holding holdingByToken(
      Caller caller, String token, PermissionName permission, Optional<ResourceName> resource) {
    return holding(caller, permission, resource);
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
    return () -> {};
  }

  @Override
  public void close() {}

  private final class Steady implements Holding {

    private final long version;
    private final long endTicks;

    Steady(long version, long endTicks) {
      this.version = version;
      this.endTicks = endTicks;
    }

    @Override
    public boolean isHeld() {
      return version == changes.get() && ticker.getAsLong() - endTicks < 0;
    }

    @Override
    public long endTicks() {
      return endTicks;
    }

    @Override
    public Instant end() {
      return Instant.ofEpochSecond(32_503_680_000L);
    }

    @Override
    public RefusalReason reason() {
      return RefusalReason.GRANT_EXPIRED;
    }

    @Override
    public boolean isExtendable() {
      return true;
    }
  }
}
