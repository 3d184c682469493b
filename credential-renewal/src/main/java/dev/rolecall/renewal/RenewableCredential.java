package dev.rolecall.renewal;

import io.grpc.Metadata;

/**
 * A credential that is put on calls and ends some time. Implementations are immutable, mask
 * themselves in {@code toString}, and answer both questions with the same object each time.
 */
public interface RenewableCredential {

  /** The life of this credential. */
  Lifetime lifetime();

  /**
   * The headers that carry it: made once and shared by all calls, so that HPACK can replace them by
   * an index. gRPC copies from them; nothing writes to them.
   */
  Metadata metadata();
}
