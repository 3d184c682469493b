package dev.rolecall.access;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.time.AccessTime;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.internal.Range;
import java.time.Duration;

/**
 * The longest that an admitted call may last. It holds for streams and for long unary calls alike.
 * A call that reaches its end is closed with {@code UNAUTHENTICATED} and {@code
 * CREDENTIAL_EXPIRED}, so that an honest client starts again with a new proof.
 *
 * <p>Whatever the choice, a call ends when a reloaded policy no longer allows it. Immutable.
 */
public final class StreamLifetime {

  /** The grace of {@link #proof()}: one renewal of a client that asks for 15 minutes. */
  public static final Duration DEFAULT_GRACE = Duration.ofMinutes(5);

  private static final Duration LONGEST = Duration.ofDays(365);

  /** The end of a call. */
  private interface End {
    /** In milliseconds of the epoch. */
    long millis(Caller caller, long startMillis);

    /** In elapsed time. */
    long elapsed(Caller caller, long lapse, AccessTime time);
  }

  private static End endOfProofAnd(Duration grace) {
    long millis = grace.toMillis();
    long nanos = grace.toNanos();
    return new End() {
      @Override
      public long millis(Caller caller, long startMillis) {
        long end = AccessTime.endMillis(caller.notAfter());
        long grace = caller.evidence().outlived() ? millis : 0;
        return end > Long.MAX_VALUE - grace ? Long.MAX_VALUE : end + grace;
      }

      @Override
      public long elapsed(Caller caller, long lapse, AccessTime time) {
        return caller.evidence().outlived() ? lapse + nanos : lapse;
      }
    };
  }

  private static End endAfter(Duration duration) {
    long millis = duration.toMillis();
    long nanos = duration.toNanos();
    return new End() {
      @Override
      public long millis(Caller caller, long startMillis) {
        return startMillis + millis;
      }

      @Override
      public long elapsed(Caller caller, long lapse, AccessTime time) {
        return time.elapsed() + nanos;
      }
    };
  }

  private static final End NEVER =
      new End() {
        @Override
        public long millis(Caller caller, long startMillis) {
          return Long.MAX_VALUE;
        }

        @Override
        public long elapsed(Caller caller, long lapse, AccessTime time) {
          return AccessTime.NEVER;
        }
      };

  private final String name;
  private final End end;

  private StreamLifetime(String name, End end) {
    this.name = name;
    this.end = end;
  }

  /**
   * The default: as long as the credential it was admitted with; with the proof of a role's session
   * five minutes more. A client that renews its proof in time can then move its stream before the
   * old one is ended. A token, a certificate and an API key get no more: their end is that of what
   * they prove.
   */
  public static StreamLifetime proof() {
    return proofAnd(DEFAULT_GRACE);
  }

  /**
   * As long as the credential it was admitted with; with the proof of a role's session {@code
   * grace} more.
   *
   * @param grace zero to 365 days
   * @throws IllegalArgumentException if the grace is out of that range
   */
  public static StreamLifetime proofAnd(Duration grace) {
    checkRange("grace", grace, Duration.ZERO);
    return new StreamLifetime("the proof's and " + grace, endOfProofAnd(grace));
  }

  /**
   * So long from its start, whatever the proof's own life is: shorter ends it before the proof
   * lapses, longer lets it outlive the proof.
   *
   * @param duration one millisecond to 365 days
   * @throws IllegalArgumentException if the duration is out of that range
   */
  public static StreamLifetime atMost(Duration duration) {
    checkRange("duration", duration, Duration.ofMillis(1));
    return new StreamLifetime("at most " + duration, endAfter(duration));
  }

  /**
   * Without end: once admitted, a caller keeps its stream for as long as the connection holds, even
   * if its credentials were revoked or its role deleted since. A change of policy still ends it.
   */
  public static StreamLifetime unsafeUnlimitedAfterTheProofLapses() {
    return new StreamLifetime("unlimited", NEVER);
  }

  /** When a call ends, in milliseconds of the epoch; {@link Long#MAX_VALUE} for never. */
  long endMillis(Caller caller, long startMillis) {
    return end.millis(caller, startMillis);
  }

  /**
   * When a call that starts now ends, in elapsed time; {@link AccessTime#NEVER} for never.
   *
   * @param lapse of the caller's credential
   */
  long endElapsed(Caller caller, long lapse, AccessTime time) {
    return end.elapsed(caller, lapse, time);
  }

  private static void checkRange(String what, Duration value, Duration least) {
    requireNonNull(value, what);
    Range.check(what, value, least, LONGEST);
  }

  @Override
  public String toString() {
    return "StreamLifetime[" + name + "]";
  }
}
