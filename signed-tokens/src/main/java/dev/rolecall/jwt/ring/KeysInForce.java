package dev.rolecall.jwt.ring;

import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.jwt.key.SigningKey;

/** The keys of a running issuer. Safe for use by many threads; only {@link #close} may wait. */
public interface KeysInForce extends AutoCloseable {

  /** The key that signs now. */
  SigningKey current();

  /** The public keys to publish: previous, current, next. */
  KeySet published();

  /** Stops following or rotating them. */
  @Override
  void close();
}
