package dev.rolecall.tokens.internal.keys;

import static java.util.Objects.requireNonNull;

import dev.rolecall.jwt.key.KeySet;

/**
 * The keys of an issuer as of one moment. Immutable.
 *
 * @param keys at least one usable key
 * @param fetchedAt when they were fetched, by the ticker
 */
record KeySnapshot(KeySet keys, long fetchedAt) {

  KeySnapshot {
    requireNonNull(keys, "keys");
  }
}
