package dev.rolecall.access.internal.limits;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.scheme.Issuer;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The limits that a look-up meets, in order. What goes over one is turned away at once.
 *
 * <ol>
 *   <li>Where the issuer has answered lately: a permit, in case the look-up is in vain, and a place
 *       among those that all such look-ups share, or of what is kept for peers with nothing under
 *       way and for keys confirmed within the hour.
 *   <li>Where it has not: one of few places at that issuer, and a permit of another total.
 *   <li>Where those are taken, or the issuer is known to be away: a place in the queue for the
 *       verifier's own question. Once it is answered, the first rule holds.
 * </ol>
 *
 * <p>So look-ups at issuers that do not answer, however many and however late they end, take
 * nothing from those at issuers that do. Safe for use by many threads; never blocks.
 */
public final class LookupGate {

  private static final int LOOK_UPS_OF_A_KEY = 4;

  private final RefusalBudget refusals;
  private final IssuerWatch issuers;
  private final Places sent;
  private final Places doubtful;
  private final Places queued;
  private final Places waiting;

  /** Nothing under way yet. */
  public LookupGate(Bounds bounds, LongSupplier ticker) {
    this.refusals = bounds.budget(ticker);
    this.issuers = new IssuerWatch(bounds.lookUps().total(), ticker);
    this.sent = new Places(bounds.lookUps(), LOOK_UPS_OF_A_KEY, refusals::isConfirmed);
    this.doubtful = new Places(bounds.lookUps(), LOOK_UPS_OF_A_KEY, refusals::isConfirmed);
    this.queued = new Places(bounds.lookUps(), LOOK_UPS_OF_A_KEY, refusals::isConfirmed);
    this.waiting = new Places(bounds.waiting(), bounds.waiting().perPeer(), refusals::isConfirmed);
  }

  /** Whether a look-up of that source would be turned away for want of a permit. */
  public boolean turnsAway(LookupSource source, Issuer issuer) {
    return issuers.of(issuer).isAnswering() && !refusals.hasPermit(source);
  }

  /** A place for a call that waits for a look-up; null if none is free. */
  public @Nullable Place tryWait(LookupSource source) {
    return waiting.tryAcquire(source);
  }

  /** Lets a look-up begin, if it may; null if not. */
  public @Nullable Entry enter(LookupSource source, Issuer issuer) {
    IssuerWatch.Watched watched = issuers.of(issuer);
    if (issuer.isAway()) {
      watched.silent();
      return queue(source);
    }
    if (watched.isAnswering()) {
      return enterAnswering(source, watched);
    }
    Ticket ticket = enterDoubtful(source, watched);
    return ticket != null ? ticket : queue(source);
  }

  /** The issuer has answered the verifier's own question: lets a queued look-up go on. */
  public @Nullable Ticket afterQuestion(LookupSource source, Issuer issuer) {
    IssuerWatch.Watched watched = issuers.of(issuer);
    watched.answered();
    return enterAnswering(source, watched);
  }

  private @Nullable Ticket enterAnswering(LookupSource source, IssuerWatch.Watched watched) {
    Stake stake = refusals.stake(source);
    if (stake == null) {
      return null;
    }
    Place slot = watched.tryAnswering();
    Place common = slot == null ? null : sent.tryCommon(source);
    if (slot != null && common != null) {
      return new Ticket(refusals, watched, source, stake, List.of(slot, common));
    }
    if (slot != null) {
      slot.release();
    }
    Place kept = sent.tryReserve(source);
    if (kept == null) {
      stake.giveBack();
      return null;
    }
    return new Ticket(refusals, watched, source, stake, List.of(kept));
  }

  private @Nullable Ticket enterDoubtful(LookupSource source, IssuerWatch.Watched watched) {
    Place slot = watched.tryDoubtful(source);
    if (slot == null) {
      return null;
    }
    Place place = null;
    Ticket ticket = null;
    try {
      place = doubtful.tryAcquire(source);
      Stake stake = place == null ? null : refusals.stakeAtDoubtful(source);
      if (place != null && stake != null) {
        ticket = new Ticket(refusals, watched, source, stake, List.of(slot, place));
      }
      return ticket;
    } finally {
      if (ticket == null) {
        // Or something threw: a place that is not given back is gone for good.
        slot.release();
        if (place != null) {
          place.release();
        }
      }
    }
  }

  private @Nullable QueuedEntry queue(LookupSource source) {
    Place place = queued.tryAcquire(source);
    return place == null ? null : new QueuedEntry(place);
  }

  /** How many calls wait. */
  public int callsWaiting() {
    return waiting.underWay();
  }

  /** How many addresses and networks have something under way. */
  public int networksRemembered() {
    return sent.networksRemembered()
        + doubtful.networksRemembered()
        + queued.networksRemembered()
        + waiting.networksRemembered();
  }

  /** How many hosts, sites and keys permits are counted for. */
  public long refusalsRemembered() {
    return refusals.remembered();
  }

  /**
   * The numbers at once, and a second.
   *
   * @param lookUps questions to issuers
   * @param waiting calls that wait for one
   * @param refusals look-ups a second that may be in vain; at once as many as may be under way
   */
  public record Bounds(PeerLimit.Bound lookUps, PeerLimit.Bound waiting, PeerLimit.Bound refusals) {

    /** Checks that nothing is absent. */
    public Bounds {
      requireNonNull(lookUps, "lookUps");
      requireNonNull(waiting, "waiting");
      requireNonNull(refusals, "refusals");
    }

    private RefusalBudget budget(LongSupplier ticker) {
      return new RefusalBudget(
          new TokenBucket.Rate(refusals.total(), lookUps.total()),
          new TokenBucket.Rate(refusals.perPeer(), lookUps.perPeer()),
          ticker);
    }
  }
}
