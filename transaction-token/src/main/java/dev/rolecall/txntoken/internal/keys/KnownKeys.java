package dev.rolecall.txntoken.internal.keys;

import dev.rolecall.jwt.key.KeySet;
import java.time.Duration;
import java.util.Optional;

/** The keys of a trust domain as a server knows them. Safe for use by many threads. */
public interface KnownKeys extends AutoCloseable {

  /** The last good keys; empty if there are none, or they are older than they may get. */
  Optional<KeySet> current();

  /**
   * Whether the key of that id is known not to be one of the trust domain. If it is not known, the
   * keys are asked for again, in the background.
   */
  boolean isMissing(String kid);

  /** How long to wait before another try, after an outage. Jittered. */
  Duration retryAfter();

  /** Follows them no more. Does not block. */
  @Override
  void close();
}
