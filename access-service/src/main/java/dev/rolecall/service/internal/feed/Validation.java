package dev.rolecall.service.internal.feed;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.RefusalReason;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** The answer to a {@link Question}. */
public sealed interface Validation {

  /** The revision of the news that it rests on. */
  long revision();

  /** Calls the function of the arm this is. */
  default <T> T fold(Function<Held, T> held, Function<NotHeld, T> notHeld) {
    if (this instanceof Held yes) {
      return held.apply(yes);
    }
    if (this instanceof NotHeld no) {
      return notHeld.apply(no);
    }
    throw new AssertionError();
  }

  /**
   * The caller holds the permission.
   *
   * @param until when the last of its grants ends
   * @param grantIds the grants that hold now
   */
  record Held(Instant until, List<String> grantIds, long revision) implements Validation {
    /** Copies. */
    public Held {
      requireNonNull(until, "until");
      grantIds = List.copyOf(grantIds);
    }
  }

  /**
   * The caller does not hold it.
   *
   * @param reason {@link RefusalReason#GRANT_REQUIRED}, {@code GRANT_EXPIRED}, {@code
   *     GRANT_REVOKED} or {@code CALLER_LOCKED}
   */
  record NotHeld(RefusalReason reason, long revision) implements Validation {
    /** Checks that nothing is absent. */
    public NotHeld {
      requireNonNull(reason, "reason");
    }
  }
}
