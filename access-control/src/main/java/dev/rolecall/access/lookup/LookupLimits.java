package dev.rolecall.access.lookup;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.limits.LookupGate;
import dev.rolecall.access.internal.limits.PeerLimit;
import java.util.function.LongSupplier;

/**
 * The limits of look-ups, which keep honest newcomers served whatever strangers send. A peer is an
 * IPv4 address, or the /64 of an IPv6 address; the peers of a /24, or of a /56, have four times as
 * much together as one. Immutable.
 *
 * @param lookUps look-ups under way at once: 256, of one peer 32, by default. Half as many more are
 *     kept for addresses with nothing under way, and half as many for keys confirmed within the
 *     hour. At one issuer that has answered within ten seconds, three quarters may be under way. At
 *     one that has not, four; others wait until it answers the verifier's own question
 * @param waiting calls that wait for look-ups: 10,000, of one peer 2,000, by default, and more as
 *     for {@code lookUps}. One that is cancelled leaves its place
 * @param inVain look-ups a second that may be in vain: 200, of one peer 20, by default. As many
 *     more are kept for peers without one lately, for keys confirmed within the hour, and for
 *     issuers that have not answered lately. A look-up is in vain if its issuer refuses it, or does
 *     not answer while others do. One that confirms a caller that the policy could not admit counts
 *     half
 */
public record LookupLimits(Bound lookUps, Bound waiting, Bound inVain) {

  private static final LookupLimits DEFAULTS =
      new LookupLimits(new Bound(256, 32), new Bound(10_000, 2_000), new Bound(200, 20));

  /** Checks that nothing is absent. */
  public LookupLimits {
    requireNonNull(lookUps, "lookUps");
    requireNonNull(waiting, "waiting");
    requireNonNull(inVain, "inVain");
  }

  /**
   * A bound on all and on one.
   *
   * @param total of all peers together, at least 1
   * @param perPeer of one peer, 1 to {@code total}
   */
  public record Bound(int total, int perPeer) {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    public Bound {
      var unused = new PeerLimit.Bound(total, perPeer);
    }

    private PeerLimit.Bound bound() {
      return new PeerLimit.Bound(total, perPeer);
    }
  }

  /** The defaults. */
  public static LookupLimits ofDefaults() {
    return DEFAULTS;
  }

  /** The same with other look-ups under way. */
  public LookupLimits withLookUps(int total, int perPeer) {
    return new LookupLimits(new Bound(total, perPeer), waiting, inVain);
  }

  /** The same with other waiting calls. */
  public LookupLimits withWaiting(int total, int perPeer) {
    return new LookupLimits(lookUps, new Bound(total, perPeer), inVain);
  }

  /** The same with other look-ups in vain a second. */
  public LookupLimits withInVainPerSecond(int total, int perPeer) {
    return new LookupLimits(lookUps, waiting, new Bound(total, perPeer));
  }

  LookupGate gate(LongSupplier ticker) {
    return new LookupGate(
        new LookupGate.Bounds(lookUps.bound(), waiting.bound(), inVain.bound()), ticker);
  }
}
