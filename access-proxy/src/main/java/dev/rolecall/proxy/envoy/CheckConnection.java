package dev.rolecall.proxy.envoy;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.ConnectionMemo;
import dev.rolecall.proxy.IdentityHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A connection that ends at Envoy: what access control remembers of it, and the last answer to its
 * calls. Safe for use by many threads.
 */
final class CheckConnection {

  /** An answer by the headers, as objects: to hash them costs as much as the rest of an answer. */
  private record Last(IdentityHeaders identity, boolean keepsAuthorization, CheckAnswer answer) {}

  private final ConnectionMemo memo;
  private volatile @Nullable Last last;

  CheckConnection(ConnectionMemo memo) {
    this.memo = requireNonNull(memo, "memo");
  }

  ConnectionMemo memo() {
    return memo;
  }

  /** The last answer, if it has those very headers; otherwise null. */
  @SuppressWarnings("ReferenceEquality") // the same token is the same object
  @Nullable CheckAnswer answer(IdentityHeaders identity, boolean keepsAuthorization) {
    Last known = last;
    return known != null
            && known.identity() == identity
            && known.keepsAuthorization() == keepsAuthorization
        ? known.answer()
        : null;
  }

  void answered(IdentityHeaders identity, boolean keepsAuthorization, CheckAnswer answer) {
    last = new Last(identity, keepsAuthorization, answer);
  }
}
