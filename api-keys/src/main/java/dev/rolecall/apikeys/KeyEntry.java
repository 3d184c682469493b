package dev.rolecall.apikeys;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Evidence;
import java.util.List;

/**
 * A key, and its caller.
 *
 * @param key the key
 * @param caller the caller by it: made once, so that connections share it
 */
record KeyEntry(StoredKey key, Caller caller) {

  static final String SCHEME = "api-key";

  /** Checks that nothing is absent. */
  KeyEntry {
    requireNonNull(key, "key");
    requireNonNull(caller, "caller");
  }

  static KeyEntry of(StoredKey key) {
    return new KeyEntry(
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
