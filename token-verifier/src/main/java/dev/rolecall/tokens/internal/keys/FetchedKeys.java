package dev.rolecall.tokens.internal.keys;

import static java.util.Objects.requireNonNull;

import dev.rolecall.jwt.key.KeySet;
import java.time.Duration;

/**
 * A key set as it was fetched.
 *
 * @param keys at least one usable key
 * @param fresh how long to leave it alone
 */
record FetchedKeys(KeySet keys, Duration fresh) {

  FetchedKeys {
    requireNonNull(keys, "keys");
    requireNonNull(fresh, "fresh");
  }
}
