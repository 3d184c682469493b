package dev.rolecall.txntoken;

import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.jwt.key.SigningKey;
import dev.rolecall.jwt.ring.KeysInForce;
import dev.rolecall.jwt.ring.SigningKeys;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;

/** Keys that a test turns. */
final class ManualKeys implements KeysInForce {

  private volatile SigningKey current;
  private volatile KeySet published;
  private volatile boolean closed;

  ManualKeys(Algorithm algorithm) {
    this(SigningKey.generate(algorithm, new SecureRandom()));
  }

  ManualKeys(SigningKey key) {
    this.current = key;
    this.published = KeySet.of(List.of(key.verificationKey()));
  }

  /** These, as settings. */
  SigningKeys settings() {
    return (clock, supervisor, task) -> this;
  }

  /** A new key signs; the ones before stay published. */
  void turn() {
    SigningKey next = SigningKey.generate(current.algorithm(), new SecureRandom());
    published =
        KeySet.of(
            Stream.concat(published.keys().stream(), Stream.of(next.verificationKey())).toList());
    current = next;
  }

  /** A new key signs, and is alone. */
  void replace() {
    current = SigningKey.generate(current.algorithm(), new SecureRandom());
    published = KeySet.of(List.of(current.verificationKey()));
  }

  @Override
  public SigningKey current() {
    return current;
  }

  @Override
  public KeySet published() {
    return published;
  }

  @Override
  public void close() {
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }
}
