package dev.rolecall.access.grant;

import dev.rolecall.identity.RefusalReason;
import java.time.Instant;

/**
 * A permission that one caller holds, or may come to hold. It is asked anew at each call, and while
 * a call lives. Safe for use by many threads; never blocks.
 */
public interface Holding {

  /** The time that nothing ends at. */
  long NEVER = Long.MAX_VALUE;

  /**
   * Whether the caller holds the permission now. Asked for each call: reads a few fields as long as
   * nothing has changed.
   */
  boolean isHeld();

  /**
   * When the last of the grants that hold now ends, by the runtime's ticker; meaningless where none
   * holds. Not the wall clock: the service's time decides, which this server knows by its ticker.
   */
  long endTicks();

  /** The same as the service's time, for people and for the header of a call. */
  Instant end();

  /**
   * Why the caller does not hold it: {@link RefusalReason#GRANT_REQUIRED}, {@code GRANT_EXPIRED},
   * {@code GRANT_REVOKED}, {@code CALLER_LOCKED} or {@code GRANTS_STALE}. Asked only where {@link
   * #isHeld} has said no.
   */
  RefusalReason reason();

  /**
   * Whether the end may still move while a call lives, as that of a grant that is followed may. The
   * end of a grant token may not.
   */
  boolean isExtendable();

  /**
   * Whether the grants that would say are about to come, as they are just after the policy has
   * required another permission: the reason is {@code GRANTS_STALE} then. A live call waits for
   * them; a new one is refused. It stays so for a few seconds at most. False by default.
   */
  default boolean isAwaited() {
    return false;
  }

  /** What is never held, for want of a grant. */
  static Holding none() {
    return NoGrants.ALL;
  }
}
