package dev.rolecall.access.proxy;

import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.Caller;

/**
 * The reader of the callers that trusted proxies pass on. Safe for use by many threads; nothing of
 * it blocks.
 */
public interface PassedCallers extends AutoCloseable {

  /**
   * Whether the verified caller is a proxy whose word counts. Asked once for a caller on a
   * connection.
   */
  boolean isProxy(Caller caller);

  /**
   * Reads the header {@code txn-token} of a call of such a proxy. Takes up to 2 ms of CPU time for
   * a signature. The engine remembers the caller until its end.
   *
   * @param token the value of the header, which nothing has verified
   * @param proxy the proxy, for records
   * @return the caller that it names, without {@link Caller#via}; or a refusal; or {@code
   *     Unavailable} while the keys of its issuer are not known
   */
  Verification read(String token, Caller proxy);

  /** Stops to follow keys. What is read later is unavailable. Does not block. */
  @Override
  void close();
}
