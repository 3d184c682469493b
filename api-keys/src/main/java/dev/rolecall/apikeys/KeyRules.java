package dev.rolecall.apikeys;

import dev.rolecall.identity.ApiClient;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rules that the keys of one file obey together. */
final class KeyRules {

  private KeyRules() {}

  /**
   * A rule that is broken.
   *
   * @param line the number of the key that breaks it, from 0
   * @param words what is wrong, and what would be right
   */
  record Breach(int line, String words) {}

  /** The first breach. One secret under two ids would live on after one of them is disabled. */
  static Optional<Breach> breach(List<StoredKey> keys, Instant now) {
    Set<ApiKeyId> ids = new HashSet<>();
    Set<SecretHash> hashes = new HashSet<>();
    Map<ApiClient, Integer> live = new HashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      StoredKey key = keys.get(i);
      if (!ids.add(key.id()) || !hashes.add(key.hash())) {
        return breach(i, key, "its id or sha256 is in the file already (expected: each once)");
      }
      if (isLive(key, now) && live.merge(key.client(), 1, Integer::sum) > KeyFile.MOST_LIVE) {
        return breach(
            i,
            key,
            "a third live key of "
                + key.client().name()
                + " (expected: at most "
                + KeyFile.MOST_LIVE
                + "; disable one first)");
      }
    }
    return Optional.empty();
  }

  private static Optional<Breach> breach(int line, StoredKey key, String words) {
    return Optional.of(new Breach(line, "key " + key.id() + ": " + words));
  }

  static boolean isLive(StoredKey key, Instant now) {
    return key.stateAt(now) == KeyState.LIVE;
  }
}
