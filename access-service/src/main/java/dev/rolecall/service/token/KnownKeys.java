package dev.rolecall.service.token;

import static java.util.Objects.requireNonNull;

import dev.rolecall.jwt.key.SigningKey;
import dev.rolecall.service.store.StoredKey;
import java.util.List;
import java.util.Optional;

/** The signing keys as one node read them. No record: the one that signs is a secret. */
final class KnownKeys {

  private final List<StoredKey> stored;
  private final Optional<SigningKey> current;
  private final long readAt;

  /**
   * Keys that were read.
   *
   * @param current the key that signs; empty if this node could not open it
   * @param readAt when, by the ticker
   */
  KnownKeys(List<StoredKey> stored, Optional<SigningKey> current, long readAt) {
    this.stored = List.copyOf(stored);
    this.current = requireNonNull(current, "current");
    this.readAt = readAt;
  }

  /** The keys to publish. */
  List<StoredKey> stored() {
    return stored;
  }

  /** The key that signs, unless it may have been retired too long ago. */
  Optional<SigningKey> currentAt(long nanos) {
    return current.filter(key -> isFreshAt(nanos));
  }

  /** Whether the keys were read so late that they are as good as new. */
  boolean isFreshAt(long nanos) {
    return nanos - readAt < KeyRotation.UNAWARE.toNanos();
  }

  /** The key of that id, if it is the one that signs here. */
  Optional<SigningKey> opened(String kid) {
    return current.filter(key -> key.kid().equals(kid));
  }

  @Override
  public String toString() {
    return "KnownKeys[" + stored + "]";
  }
}
