package dev.rolecall.apikeys;

import static dev.rolecall.identity.RefusalReason.CREDENTIAL_EXPIRED;
import static dev.rolecall.identity.RefusalReason.CREDENTIAL_INACTIVE;
import static dev.rolecall.identity.RefusalReason.ISSUER_REFUSED;

import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * The keys of a file at one time, by id, and the callers that an earlier file vouched for and this
 * one does not. Immutable.
 */
final class KeyTable {

  private final Map<ApiKeyId, KeyEntry> entries;

  private final WithdrawnCallers withdrawn;

  /** Compares hashes in constant time. A test counts its calls. */
  private final BiPredicate<SecretHash, SecretHash> equal;

  private KeyTable(
      Map<ApiKeyId, KeyEntry> entries,
      WithdrawnCallers withdrawn,
      BiPredicate<SecretHash, SecretHash> equal) {
    this.entries = entries;
    this.withdrawn = withdrawn;
    this.equal = equal;
  }

  /** A table without keys. */
  static KeyTable empty() {
    return comparing(SecretHash::equals);
  }

  static KeyTable comparing(BiPredicate<SecretHash, SecretHash> equal) {
    return new KeyTable(Map.of(), WithdrawnCallers.NONE, equal);
  }

  /** The table of those keys, which takes the place of this one at that time. */
  KeyTable replacedBy(List<StoredKey> keys, Instant now) {
    Map<ApiKeyId, KeyEntry> next = new HashMap<>();
    for (StoredKey key : keys) {
      KeyEntry before = entries.get(key.id());
      next.put(key.id(), before != null && before.key().equals(key) ? before : KeyEntry.of(key));
    }
    return new KeyTable(Map.copyOf(next), withdrawn.after(entries.values(), next, now), equal);
  }

  /**
   * The verdict on a key. An unknown id and a wrong secret have one reason and one course: a dummy
   * is compared with. That a key is disabled or over is said only to the holder of its secret.
   */
  Verification verdict(ApiKey key, Instant now) {
    KeyEntry entry = entries.get(key.id());
    SecretHash stored = entry == null ? SecretHash.DUMMY : entry.key().hash();
    boolean same = equal.test(stored, key.hash());
    if (entry == null || !same) {
      return refused(ISSUER_REFUSED, key);
    }
    return switch (entry.key().stateAt(now)) {
      case LIVE -> new Verification.Verified(entry.caller());
      case EXPIRED -> refused(CREDENTIAL_EXPIRED, key);
      case DISABLED -> refused(CREDENTIAL_INACTIVE, key);
    };
  }

  private static Verification refused(RefusalReason reason, ApiKey key) {
    return new Verification.Refused(reason, Optional.of(new KeyFacts(key.id(), false)));
  }

  /** Why that caller is accepted no more; empty for one that this never vouched for. */
  Optional<RefusalReason> withdrawn(Caller caller) {
    return withdrawn.reason(caller);
  }

  /** Whether any caller is withdrawn that the earlier table did not know to be. */
  boolean withdrawsMoreThan(KeyTable earlier) {
    return withdrawn.isMoreThan(earlier.withdrawn);
  }

  int size() {
    return entries.size();
  }

  /** How many keys are live at that time. */
  long liveAt(Instant now) {
    return entries.values().stream()
        .filter(entry -> entry.key().stateAt(now) == KeyState.LIVE)
        .count();
  }
}
