package dev.rolecall.access.lookup;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.Range;
import java.time.Duration;

/**
 * The bounds of what a look-up remembers. Immutable.
 *
 * @param verified verified callers: 20,000 in about 64 MiB of heap by default. A caller takes twice
 *     its credential's length and some 1.3 KB, of which the bound counts 1 KiB. A sixteenth as many
 *     are remembered besides callers that the policy could not admit
 * @param refused refused credentials: 20,000 in about 8 MiB of heap by default
 * @param refusalLife how long a refusal is remembered: 0 to 1 min, 10 s by default
 */
public record CacheBounds(CacheBound verified, CacheBound refused, Duration refusalLife) {

  private static final Duration CEILING = Duration.ofMinutes(1);

  private static final CacheBounds DEFAULTS =
      new CacheBounds(
          new CacheBound(20_000, 64L << 20),
          new CacheBound(20_000, 8L << 20),
          Duration.ofSeconds(10));

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the life is out of its range
   */
  public CacheBounds {
    requireNonNull(verified, "verified");
    requireNonNull(refused, "refused");
    Range.check("refusalLife", refusalLife, Duration.ZERO, CEILING);
  }

  /** The defaults. */
  public static CacheBounds ofDefaults() {
    return DEFAULTS;
  }

  /** The same with so many verified callers: entries, and bytes of heap by estimate. */
  public CacheBounds withVerified(long entries, long bytes) {
    return new CacheBounds(new CacheBound(entries, bytes), refused, refusalLife);
  }

  /** The same with so many refused credentials: entries, and bytes of heap by estimate. */
  public CacheBounds withRefused(long entries, long bytes) {
    return new CacheBounds(verified, new CacheBound(entries, bytes), refusalLife);
  }

  /** The same with another life of refusals: 0 to 1 min. */
  public CacheBounds withRefusalLife(Duration life) {
    return new CacheBounds(verified, refused, requireNonNull(life, "life"));
  }
}
