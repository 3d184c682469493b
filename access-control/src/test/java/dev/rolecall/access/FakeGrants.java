package dev.rolecall.access;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.grant.GrantSource;
import dev.rolecall.access.grant.Grants;
import dev.rolecall.access.grant.Holding;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.policy.grant.ResourceName;
import dev.rolecall.testsupport.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Grants and locks that a test gives, takes back and lets run out, by the test's time. */
final class FakeGrants implements GrantSource, Grants {

  /** A grant of one principal. The test may move its end, or revoke it. */
  final class Grant {
    private final String holder;
    private final PermissionName permission;
    private final Optional<ResourceName> resource;
    private volatile long endTicks;
    private volatile boolean revoked;

    private Grant(
        String holder, PermissionName permission, Optional<ResourceName> resource, Duration life) {
      this.holder = holder;
      this.permission = permission;
      this.resource = resource;
      this.endTicks = time.nanos() + life.toNanos();
    }

    /** From now on it ends so long from now. */
    void extend(Duration life) {
      endTicks = time.nanos() + life.toNanos();
      changed();
    }

    /** Takes it back. */
    void revoke() {
      revoked = true;
      changed();
    }

    private boolean holds() {
      return !revoked && time.nanos() - endTicks < 0;
    }
  }

  private final ManualTime time;
  private final List<Grant> grants = new CopyOnWriteArrayList<>();
  private final Map<String, Grant> tokens = new ConcurrentHashMap<>();
  private final Set<String> locked = ConcurrentHashMap.newKeySet();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final AtomicInteger lockRounds = new AtomicInteger();
  private final AtomicLong changes = new AtomicLong();
  private volatile boolean stale;
  private volatile boolean awaited;
  private final AtomicReference<Runnable> afterTheNextNo = new AtomicReference<>(() -> {});
  private volatile @Nullable RuntimeException defect;
  private volatile BiConsumer<Long, Integer> enforced = (round, ended) -> {};

  /** The permissions that were required, as often as that was said. */
  final List<Set<PermissionName>> required = new CopyOnWriteArrayList<>();

  /** The tokens that were shown, as often as one was. */
  final List<String> shown = new CopyOnWriteArrayList<>();

  /** How often it was asked whether a caller is locked. */
  final AtomicInteger timesAskedIfLocked = new AtomicInteger();

  /** How often it was closed. */
  final AtomicInteger closes = new AtomicInteger();

  /** Grants that end by that time's ticker. */
  FakeGrants(ManualTime time) {
    this.time = time;
  }

  /** Grants the permission for every resource. */
  Grant grant(Caller holder, String permission, Duration life) {
    return add(
        new Grant(
            holder.principal().text(), PermissionName.of(permission), Optional.empty(), life));
  }

  /** Grants the permission for one resource. */
  Grant grant(Caller holder, String permission, String resource, Duration life) {
    return add(
        new Grant(
            holder.principal().text(),
            PermissionName.of(permission),
            Optional.of(ResourceName.of(resource)),
            life));
  }

  private Grant add(Grant grant) {
    grants.add(grant);
    changed();
    return grant;
  }

  /** Makes a token of a grant that nothing follows. */
  Grant token(String text, Caller holder, String permission, Duration life) {
    Grant grant =
        new Grant(holder.principal().text(), PermissionName.of(permission), Optional.empty(), life);
    tokens.put(text, grant);
    return grant;
  }

  /** Locks the caller's principal. */
  void lock(Caller caller) {
    locked.add(caller.principal().text());
    lockRounds.incrementAndGet();
    changed();
  }

  /** Ends that lock. */
  void unlock(Caller caller) {
    locked.remove(caller.principal().text());
    lockRounds.incrementAndGet();
    changed();
  }

  /** There is no news of grants, or there is again. */
  void stale(boolean now) {
    stale = now;
    changed();
  }

  /** The grants have not come yet, and are on their way; or they have come. */
  void awaited(boolean now) {
    awaited = now;
    stale(now);
  }

  /** From now on every question throws that; null for none. */
  void fail(@Nullable RuntimeException thrown) {
    defect = thrown;
  }

  /** Runs that once, after a holding has said no and before it is acted on. */
  void afterTheNextNo(Runnable action) {
    afterTheNextNo.set(action);
  }

  /** Hears of each round of the walk. */
  void onEnforced(BiConsumer<Long, Integer> listener) {
    enforced = listener;
  }

  private void changed() {
    changes.incrementAndGet();
    listeners.forEach(Runnable::run);
  }

  private void failIfBroken() {
    RuntimeException thrown = defect;
    if (thrown != null) {
      throw thrown;
    }
  }

  @Override
  public Grants open(AccessRuntime runtime) {
    return this;
  }

  @Override
  public void require(Set<PermissionName> permissions) {
    required.add(permissions);
  }

  @Override
  public Holding holding(
      Caller caller, PermissionName permission, Optional<ResourceName> resource) {
    String holder = caller.principal().text();
    return new View(holder, permission, resource, true);
  }

  @Override
  public Holding holdingByToken(
      Caller caller, String token, PermissionName permission, Optional<ResourceName> resource) {
    shown.add(token);
    String holder = caller.principal().text();
    return new View(holder, permission, resource, false) {
      @Override
      Stream<Grant> all() {
        return Stream.ofNullable(tokens.get(token));
      }
    };
  }

  @Override
  public boolean isLocked(Caller caller) {
    failIfBroken();
    timesAskedIfLocked.incrementAndGet();
    return locked.contains(caller.principal().text());
  }

  @Override
  public int lockRound() {
    return lockRounds.get() & Integer.MAX_VALUE;
  }

  @Override
  public long changes() {
    return changes.get();
  }

  @Override
  public void enforced(long round, int ended) {
    enforced.accept(round, ended);
  }

  @Override
  public Optional<String> advice(PermissionName permission) {
    return Optional.of("ask for " + permission);
  }

  @Override
  public Registration onChange(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public void close() {
    closes.incrementAndGet();
  }

  /** A permission that a holder may hold. */
  private class View implements Holding {

    private final String holder;
    private final PermissionName permission;
    private final Optional<ResourceName> resource;
    private final boolean extendable;

    View(
        String holder,
        PermissionName permission,
        Optional<ResourceName> resource,
        boolean extendable) {
      this.holder = holder;
      this.permission = permission;
      this.resource = resource;
      this.extendable = extendable;
    }

    Stream<Grant> all() {
      return grants.stream();
    }

    private List<Grant> mine() {
      failIfBroken();
      return all()
          .filter(each -> each.holder.equals(holder) && each.permission.equals(permission))
          .filter(each -> each.resource.isEmpty() || each.resource.equals(resource))
          .toList();
    }

    @Override
    public boolean isHeld() {
      List<Grant> mine = mine();
      boolean held = !stale && !locked.contains(holder) && mine.stream().anyMatch(Grant::holds);
      if (!held) {
        requireNonNull(afterTheNextNo.getAndSet(() -> {})).run();
      }
      return held;
    }

    @Override
    public long endTicks() {
      long now = time.nanos();
      return now
          + mine().stream()
              .filter(Grant::holds)
              .mapToLong(each -> each.endTicks - now)
              .max()
              .orElse(0);
    }

    @Override
    public Instant end() {
      return time.instant().plusNanos(endTicks() - time.nanos());
    }

    @Override
    public RefusalReason reason() {
      if (locked.contains(holder)) {
        return RefusalReason.CALLER_LOCKED;
      }
      if (stale) {
        return RefusalReason.GRANTS_STALE;
      }
      List<Grant> mine = new ArrayList<>(mine());
      if (mine.stream().anyMatch(each -> each.revoked)) {
        return RefusalReason.GRANT_REVOKED;
      }
      return mine.isEmpty() ? RefusalReason.GRANT_REQUIRED : RefusalReason.GRANT_EXPIRED;
    }

    @Override
    public boolean isExtendable() {
      return extendable;
    }

    @Override
    public boolean isAwaited() {
      return awaited && reason() == RefusalReason.GRANTS_STALE;
    }
  }
}
