package dev.rolecall.apikeys;

import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The callers that an earlier file vouched for and the one in force does not, until their own end.
 *
 * @param byKey the callers by the id of their key
 */
record WithdrawnCallers(Map<String, Set<Caller>> byKey) {

  static final WithdrawnCallers NONE = new WithdrawnCallers(Map.of());

  private static final Optional<RefusalReason> INACTIVE =
      Optional.of(RefusalReason.CREDENTIAL_INACTIVE);

  /** Copies. */
  WithdrawnCallers {
    byKey = Map.copyOf(byKey);
  }

  /** Those after other keys took the place of the earlier ones, at that time. */
  WithdrawnCallers after(Collection<KeyEntry> earlier, Map<ApiKeyId, KeyEntry> next, Instant now) {
    Map<String, Set<Caller>> gone = new HashMap<>();
    byKey.values().stream()
        .flatMap(Set::stream)
        .filter(caller -> !now.isAfter(caller.notAfter()) && !isBack(caller, next))
        .forEach(caller -> add(gone, caller));
    earlier.stream()
        .filter(entry -> !entry.key().disabled() && !now.isAfter(entry.key().notAfter()))
        .filter(entry -> !isCovered(entry.key(), next))
        .forEach(entry -> add(gone, entry.caller()));
    return new WithdrawnCallers(gone);
  }

  private static boolean isCovered(StoredKey earlier, Map<ApiKeyId, KeyEntry> next) {
    KeyEntry entry = next.get(earlier.id());
    return entry != null && entry.covers(earlier);
  }

  /** Whether the key of a withdrawn caller is there again, just as it was. */
  private static boolean isBack(Caller caller, Map<ApiKeyId, KeyEntry> next) {
    return next.values().stream()
        .anyMatch(entry -> !entry.key().disabled() && entry.caller().equals(caller));
  }

  private static void add(Map<String, Set<Caller>> callers, Caller caller) {
    callers.computeIfAbsent(keyOf(caller), id -> new HashSet<>()).add(caller);
  }

  private static String keyOf(Caller caller) {
    return caller.evidence().credentialId().orElse("");
  }

  /** Why that caller is accepted no more; empty for one that no earlier file vouched for. */
  Optional<RefusalReason> reason(Caller caller) {
    if (byKey.isEmpty() || !caller.evidence().scheme().equals(KeyEntry.SCHEME)) {
      return Optional.empty();
    }
    Set<Caller> ofKey = byKey.get(keyOf(caller));
    return ofKey != null && ofKey.contains(caller) ? INACTIVE : Optional.empty();
  }

  boolean isMoreThan(WithdrawnCallers earlier) {
    return !byKey.isEmpty() && !equals(earlier);
  }
}
