package dev.rolecall.grants.internal.known;

import dev.rolecall.identity.Caller;
import dev.rolecall.identity.IamRole;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The locks of one moment, found by what they name. Immutable. Each caller has few candidates,
 * whatever the number of locks.
 */
final class LockTable {

  /** A part of a lock with its lock. */
  private record Candidate(KnownLock lock, LockPart part) {

    boolean hits(Caller caller, long serviceMillis) {
      return lock.isInForce(serviceMillis)
          && part.mayMean(caller)
          && lock.meansCredentialOf(caller);
    }
  }

  private final Map<String, KnownLock> byId;
  private final Map<String, List<Candidate>> byRoleId = new HashMap<>();
  private final Map<String, List<Candidate>> byPrincipal = new HashMap<>();

  /** Parts that name a role, but not by its ARN: they may mean roles whose id is unknown. */
  private final List<Candidate> withoutArn = new ArrayList<>();

  /** Parts that name neither a role nor another principal. */
  private final List<Candidate> ofAnyPrincipal = new ArrayList<>();

  private LockTable(Map<String, KnownLock> byId) {
    this.byId = byId;
    for (KnownLock lock : byId.values()) {
      lock.parts().forEach(part -> add(new Candidate(lock, part)));
    }
  }

  private void add(Candidate candidate) {
    LockPart part = candidate.part();
    if (!part.roleId().isEmpty()) {
      list(byRoleId, part.roleId()).add(candidate);
    }
    if (part.isPermissionSet()) {
      withoutArn.add(candidate);
    } else if (!part.principal().isEmpty()) {
      list(byPrincipal, part.principal()).add(candidate);
    } else {
      (part.roleId().isEmpty() ? ofAnyPrincipal : withoutArn).add(candidate);
    }
  }

  private static List<Candidate> list(Map<String, List<Candidate>> lists, String key) {
    return lists.computeIfAbsent(key, name -> new ArrayList<>());
  }

  /** No locks. */
  static LockTable empty() {
    return new LockTable(Map.of());
  }

  /** These locks changed by those: one that is over is left out, and the newer of two counts. */
  LockTable changedBy(Collection<KnownLock> changes) {
    Map<String, KnownLock> next = new HashMap<>(byId);
    for (KnownLock lock : changes) {
      KnownLock before = next.get(lock.id());
      if (before == null || before.revision() <= lock.revision()) {
        next.put(lock.id(), lock);
      }
    }
    next.values().removeIf(KnownLock::unlocked);
    return new LockTable(next);
  }

  /**
   * These without the locks that ended before that moment of the service's; themselves where none
   * did.
   */
  LockTable without(long serviceMillis) {
    Map<String, KnownLock> next = new HashMap<>(byId);
    boolean ended = next.values().removeIf(lock -> !lock.isInForce(serviceMillis));
    return ended ? new LockTable(next) : this;
  }

  /** The earliest end of a lock, in milliseconds of the epoch; empty where no lock ends. */
  OptionalLong earliestEnd() {
    return byId.values().stream()
        .mapToLong(lock -> lock.span().untilMillis())
        .filter(until -> until > 0)
        .min();
  }

  int size() {
    return byId.size();
  }

  boolean isEmpty() {
    return byId.isEmpty();
  }

  /** All of them, in no order. */
  List<KnownLock> all() {
    return List.copyOf(byId.values());
  }

  /** Whether a lock means the caller, or may mean it, at that moment of the service's. */
  boolean means(Caller caller, long serviceMillis) {
    if (any(byPrincipal.get(caller.principal().text()), caller, serviceMillis)
        || any(ofAnyPrincipal, caller, serviceMillis)) {
      return true;
    }
    if (!(caller.principal() instanceof IamRole role)) {
      return false;
    }
    boolean byId =
        role.id().isPresent() && any(byRoleId.get(role.id().get().value()), caller, serviceMillis);
    return byId || any(withoutArn, caller, serviceMillis);
  }

  private static boolean any(@Nullable List<Candidate> candidates, Caller caller, long millis) {
    if (candidates == null) {
      return false;
    }
    for (Candidate candidate : candidates) {
      if (candidate.hits(caller, millis)) {
        return true;
      }
    }
    return false;
  }
}
