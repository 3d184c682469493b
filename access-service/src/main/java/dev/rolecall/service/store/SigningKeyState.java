package dev.rolecall.service.store;

/** The states of a signing key, in their order. */
public enum SigningKeyState {
  /** Published, and not used yet. */
  NEXT,
  /** Signs. There is one at most. */
  CURRENT,
  /** Signs no longer, and is still trusted. */
  RETIRED,
  /** Is trusted no longer. Its private part is erased. */
  WITHDRAWN
}
