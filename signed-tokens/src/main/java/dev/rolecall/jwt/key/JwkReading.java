package dev.rolecall.jwt.key;

import java.util.Optional;

/** The outcome of reading one JSON Web Key: usable, or left out by a named rule. */
sealed interface JwkReading {

  /** A key that may check signatures. */
  record Usable(VerificationKey key) implements JwkReading {}

  /** A key that is left out; its id, where that is well-formed. */
  record Unusable(Optional<String> kid, KeyFlaw flaw) implements JwkReading {}
}
