package dev.rolecall.service.token;

import dev.rolecall.identity.Caller;
import dev.rolecall.service.request.AccessLock;

/** Tells which callers a lock means. Does not block. Safe for use by many threads. */
@FunctionalInterface
public interface CallerLocks {

  /** Whether the lock may mean the caller: a caller of which a part is unknown is meant too. */
  boolean hits(AccessLock lock, Caller caller);
}
