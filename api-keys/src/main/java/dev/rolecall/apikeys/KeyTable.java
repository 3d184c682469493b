package dev.rolecall.apikeys;

import static dev.rolecall.identity.RefusalReason.CREDENTIAL_EXPIRED;
import static dev.rolecall.identity.RefusalReason.CREDENTIAL_INACTIVE;
import static dev.rolecall.identity.RefusalReason.ISSUER_REFUSED;

import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.RefusalReason;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * The keys of a file at one time, by id, and the callers that an earlier file vouched for and this
 * one does not. Immutable.
 */
final class KeyTable {

  static final String SCHEME = "api-key";

  private static final Optional<RefusalReason> WITHDRAWN = Optional.of(CREDENTIAL_INACTIVE);

  /** A key, and its caller: made once, so that connections share it. */
  private record Entry(StoredKey key, Caller caller) {

    static Entry of(StoredKey key) {
      return new Entry(
          key,
          Caller.of(
              key.client(),
              Evidence.of(SCHEME, Evidence.Carrier.CALL_METADATA).with(key.id().value(), List.of()),
              key.notAfter()));
    }

    /** Whether callers by that key are still vouched for by this one: it may end later. */
    boolean covers(StoredKey earlier) {
      return !key.disabled()
          && key.hash().equals(earlier.hash())
          && key.client().equals(earlier.client())
          && !key.notAfter().isBefore(earlier.notAfter());
    }
  }

  private final Map<ApiKeyId, Entry> entries;

  /** By the id of their key; all of them would have been live for some time yet. */
  private final Map<String, Set<Caller>> withdrawn;

  /** Compares hashes in constant time. A test counts its calls. */
  private final BiPredicate<SecretHash, SecretHash> equal;

  private KeyTable(
      Map<ApiKeyId, Entry> entries,
      Map<String, Set<Caller>> withdrawn,
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
    return new KeyTable(Map.of(), Map.of(), equal);
  }

  /** The table of those keys, which takes the place of this one at that time. */
  KeyTable replacedBy(List<StoredKey> keys, Instant now) {
    Map<ApiKeyId, Entry> next = new HashMap<>();
    for (StoredKey key : keys) {
      Entry before = entries.get(key.id());
      next.put(key.id(), before != null && before.key().equals(key) ? before : Entry.of(key));
    }
    Map<String, Set<Caller>> gone = new HashMap<>();
    withdrawn.values().stream()
        .flatMap(Set::stream)
        .filter(caller -> !now.isAfter(caller.notAfter()) && !isVouchedFor(caller, next))
        .forEach(caller -> add(gone, caller));
    entries.values().stream()
        .filter(entry -> !entry.key().disabled() && !now.isAfter(entry.key().notAfter()))
        .filter(entry -> !covered(entry, next))
        .forEach(entry -> add(gone, entry.caller()));
    return new KeyTable(Map.copyOf(next), Map.copyOf(gone), equal);
  }

  private static boolean covered(Entry earlier, Map<ApiKeyId, Entry> next) {
    Entry entry = next.get(earlier.key().id());
    return entry != null && entry.covers(earlier.key());
  }

  /** Whether a key that was withdrawn is back, just as it was. */
  private static boolean isVouchedFor(Caller caller, Map<ApiKeyId, Entry> next) {
    return next.values().stream()
        .anyMatch(entry -> !entry.key().disabled() && entry.caller().equals(caller));
  }

  private static void add(Map<String, Set<Caller>> callers, Caller caller) {
    callers.computeIfAbsent(idOf(caller), id -> new HashSet<>()).add(caller);
  }

  private static String idOf(Caller caller) {
    return caller.evidence().credentialId().orElse("");
  }

  /**
   * The verdict on a key. An unknown id and a wrong secret have one reason and one course: a dummy
   * is compared with. That a key is disabled or over is said only to the holder of its secret.
   */
  Verification verdict(ApiKey key, Instant now) {
    Entry entry = entries.get(key.id());
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
    if (withdrawn.isEmpty() || !caller.evidence().scheme().equals(SCHEME)) {
      return Optional.empty();
    }
    Set<Caller> ofKey = withdrawn.get(idOf(caller));
    return ofKey != null && ofKey.contains(caller) ? WITHDRAWN : Optional.empty();
  }

  /** Whether any caller is withdrawn that the earlier table did not know to be. */
  boolean withdrawsMoreThan(KeyTable earlier) {
    return !withdrawn.isEmpty() && !withdrawn.equals(earlier.withdrawn);
  }

  int size() {
    return entries.size();
  }

  /** How many keys are live at that time. */
  long liveAt(Instant now) {
    return entries.values().stream()
        .filter(entry -> entry.key().stateAt(now) == StoredKey.State.LIVE)
        .count();
  }
}
