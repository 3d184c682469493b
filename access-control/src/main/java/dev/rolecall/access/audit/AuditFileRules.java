package dev.rolecall.access.audit;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.InvalidValue;
import java.time.Duration;

/**
 * The rules of an audit file: when it is flushed, rotated and deleted. Immutable.
 *
 * <p>A record is in the file, and survives the end of this process, once it is flushed. It survives
 * the end of the machine once the file is synced too.
 *
 * @param rotatedAt the size in bytes from which the file is renamed and a new one begun; 0 for
 *     never, the default; otherwise at least 4,096
 * @param keeping how many renamed files are kept, the newest; 0 for all, the default. Needs {@code
 *     rotatedAt}
 * @param flushedWithin how long a record waits at most before it is written to the file, on a
 *     machine that keeps up; from 1 ms to 10 s, by default 50 ms
 * @param syncedOnFlush whether each flush waits for the disk ({@code fsync}); by default it does
 *     not
 * @param hashChained whether each line carries the SHA-256 of itself and of the line before it, so
 *     that an edit breaks the chain; by default it does not
 */
public record AuditFileRules(
    long rotatedAt,
    int keeping,
    Duration flushedWithin,
    boolean syncedOnFlush,
    boolean hashChained) {

  private static final long LEAST_SIZE = 4_096;
  private static final Duration LEAST_WAIT = Duration.ofMillis(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  /** Checks the bounds. */
  public AuditFileRules {
    requireNonNull(flushedWithin, "flushedWithin");
    if (rotatedAt != 0 && rotatedAt < LEAST_SIZE) {
      throw InvalidValue.of("rotatedAt", Long.toString(rotatedAt), "0, or at least 4096 bytes");
    }
    if (keeping < 0) {
      throw InvalidValue.of("keeping", Integer.toString(keeping), "at least 0");
    }
    if (keeping > 0 && rotatedAt == 0) {
      throw InvalidValue.of("keeping", Integer.toString(keeping), "0 for a file never rotated");
    }
    if (flushedWithin.compareTo(LEAST_WAIT) < 0 || flushedWithin.compareTo(LONGEST_WAIT) > 0) {
      throw InvalidValue.of("flushedWithin", flushedWithin.toString(), "from PT0.001S to PT10S");
    }
  }

  /** The defaults: never rotated, flushed within 50 ms, not synced, not chained. */
  public static AuditFileRules ofDefaults() {
    return new AuditFileRules(0, 0, Duration.ofMillis(50), false, false);
  }

  /**
   * The same, rotated at that size. A file is renamed to its name, a dot and a number of six
   * digits; the highest is the newest.
   *
   * @param keeping how many of those are kept; 0 for all
   */
  public AuditFileRules rotatedAt(long bytes, int keeping) {
    return new AuditFileRules(bytes, keeping, flushedWithin, syncedOnFlush, hashChained);
  }

  /** The same, flushed within that time. */
  public AuditFileRules flushedWithin(Duration most) {
    return new AuditFileRules(rotatedAt, keeping, most, syncedOnFlush, hashChained);
  }

  /** The same, where each flush waits for the disk. */
  public AuditFileRules syncingEachFlush() {
    return new AuditFileRules(rotatedAt, keeping, flushedWithin, true, hashChained);
  }

  /** The same, with the hash chain. */
  public AuditFileRules withHashChain() {
    return new AuditFileRules(rotatedAt, keeping, flushedWithin, syncedOnFlush, true);
  }
}
