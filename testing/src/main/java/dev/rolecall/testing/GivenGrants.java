package dev.rolecall.testing;

import dev.rolecall.access.grant.Grants;
import dev.rolecall.identity.Caller;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.policy.grant.ResourceName;
import dev.rolecall.testing.GivenGrant.Term;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** All grants and locks of a test, and those who listen for changes. */
final class GivenGrants {

  private final List<GivenGrant> grants = new CopyOnWriteArrayList<>();
  private final List<GrantHolder> locks = new CopyOnWriteArrayList<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final TestClock clock;
  private final AtomicLong changes = new AtomicLong();
  private volatile int lockRound;
  private volatile boolean stale;

  GivenGrants(TestClock clock) {
    this.clock = clock;
  }

  void give(GivenGrant grant, Duration duration) {
    grant.hold(term(duration));
    grants.add(grant);
    tell();
  }

  void revoke(GivenGrant grant) {
    take(grant);
    tell();
  }

  void revokeAll() {
    grants.forEach(this::take);
    tell();
  }

  private synchronized void take(GivenGrant grant) {
    Term term = grant.term();
    grant.hold(new Term(term.endTicks(), term.end(), term.revoked() || term.holdsAt(now())));
  }

  void extend(GivenGrant grant, Duration duration) {
    synchronized (this) {
      Term before = grant.term();
      if (!before.holdsAt(now())) {
        throw new IllegalStateException(
            "extend: the grant has ended (expected: one that holds; give another)");
      }
      Term after = term(duration);
      if (!after.end().isAfter(before.end())) {
        throw new IllegalArgumentException(
            "extend: to " + after.end() + " (expected: after " + before.end() + ")");
      }
      grant.hold(after);
    }
    tell();
  }

  private Term term(Duration duration) {
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException("duration: " + duration + " (expected: more than zero)");
    }
    return new Term(now() + duration.toNanos(), clock.instant().plus(duration), false);
  }

  void lock(GrantHolder holder) {
    locks.add(holder);
    lockChanged();
  }

  void unlockAll() {
    locks.clear();
    lockChanged();
  }

  private void lockChanged() {
    synchronized (this) {
      lockRound = (lockRound + 1) & Integer.MAX_VALUE;
    }
    tell();
  }

  void setStale(boolean isStale) {
    stale = isStale;
    tell();
  }

  private void tell() {
    changes.incrementAndGet();
    listeners.forEach(Runnable::run);
  }

  Grants.Registration listen(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** The grants of that caller, whether they hold or not. */
  Stream<Term> terms(Caller caller, PermissionName permission, Optional<ResourceName> resource) {
    return grants.stream()
        .filter(grant -> grant.isFor(caller, permission, resource))
        .map(GivenGrant::term);
  }

  boolean isLocked(Caller caller) {
    return locks.stream().anyMatch(lock -> lock.is(caller));
  }

  int lockRound() {
    return lockRound;
  }

  long changes() {
    return changes.get();
  }

  boolean isStale() {
    return stale;
  }

  /** The time by the ticker of the test's clock. */
  long now() {
    return clock.nanos();
  }
}
