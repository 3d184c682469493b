package dev.rolecall.tokens.internal.keys;

/** The outcome of looking for a key that the last good key set has not. */
public enum Refetch {
  /** The keys were fetched anew: look again. */
  FETCHED,
  /** They were fetched for the same key id a moment ago, and did not have it. */
  KNOWN_MISSING,
  /** They were fetched for other key ids a moment ago, or too many wait: ask again later. */
  TOO_SOON,
  /** They could not be fetched, which says nothing about the key. */
  OUTAGE
}
