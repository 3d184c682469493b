package dev.rolecall.verifier.limits;

import static java.util.Objects.requireNonNull;

import dev.rolecall.verifier.sts.StsEndpoint;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The limits that a look-up meets, in order. What goes over one is turned away at once.
 *
 * <ol>
 *   <li>Where the endpoint has answered lately: a permit, in case the look-up is in vain, and a
 *       place among those that all such look-ups share, or of what is kept for peers with nothing
 *       under way and for keys confirmed within the hour.
 *   <li>Where it has not: one of few places at that endpoint, and a permit of another total.
 *   <li>Where those are taken, or the endpoint is known to be away: a place in the queue for the
 *       verifier's own question. Once it is answered, the first rule holds.
 * </ol>
 *
 * <p>So look-ups at endpoints that do not answer, however many and however late they end, take
 * nothing from those at endpoints that do. Safe for use by many threads; never blocks.
 */
public final class LookUpLimits {

  private static final int LOOK_UPS_OF_A_KEY = 4;

  private final RefusalBudget refusals;
  private final EndpointWatch endpoints;
  private final Places sent;
  private final Places doubtful;
  private final Places queued;
  private final Places waiting;
  private final Predicate<StsEndpoint> isAway;

  /**
   * Nothing under way yet.
   *
   * @param isAway whether an endpoint is known not to answer
   */
  public LookUpLimits(Bounds bounds, LongSupplier ticker, Predicate<StsEndpoint> isAway) {
    this.refusals = bounds.budget(ticker);
    this.endpoints = new EndpointWatch(bounds.lookUps().total(), ticker);
    this.sent = new Places(bounds.lookUps(), LOOK_UPS_OF_A_KEY, refusals::isConfirmed);
    this.doubtful = new Places(bounds.lookUps(), LOOK_UPS_OF_A_KEY, refusals::isConfirmed);
    this.queued = new Places(bounds.lookUps(), LOOK_UPS_OF_A_KEY, refusals::isConfirmed);
    this.waiting = new Places(bounds.waiting(), bounds.waiting().perPeer(), refusals::isConfirmed);
    this.isAway = requireNonNull(isAway, "isAway");
  }

  /** Whether a look-up of that asker would be turned away for want of a permit. */
  public boolean turnsAway(Asker asker, StsEndpoint endpoint) {
    return endpoints.of(endpoint).isAnswering() && !refusals.hasPermit(asker);
  }

  /** A place for a call that waits for a look-up; null if none is free. */
  public @Nullable Place tryWait(Asker asker) {
    return waiting.tryAcquire(asker);
  }

  /** Lets a look-up begin, if it may; null if not. */
  public @Nullable Entry enter(Asker asker, StsEndpoint endpoint) {
    EndpointWatch.Watched watched = endpoints.of(endpoint);
    if (isAway.test(endpoint)) {
      watched.silent();
      return queue(asker);
    }
    if (watched.isAnswering()) {
      return enterAnswering(asker, watched);
    }
    Ticket ticket = enterDoubtful(asker, watched);
    return ticket != null ? ticket : queue(asker);
  }

  /** The endpoint has answered the verifier's own question: lets a queued look-up go on. */
  public @Nullable Ticket afterQuestion(Asker asker, StsEndpoint endpoint) {
    EndpointWatch.Watched watched = endpoints.of(endpoint);
    watched.answered();
    return enterAnswering(asker, watched);
  }

  private @Nullable Ticket enterAnswering(Asker asker, EndpointWatch.Watched watched) {
    Stake stake = refusals.stake(asker);
    if (stake == null) {
      return null;
    }
    Place slot = watched.tryAnswering();
    Place common = slot == null ? null : sent.tryCommon(asker);
    if (slot != null && common != null) {
      return new Ticket(refusals, watched, asker, stake, List.of(slot, common));
    }
    if (slot != null) {
      slot.release();
    }
    Place kept = sent.tryReserve(asker);
    if (kept == null) {
      stake.giveBack();
      return null;
    }
    return new Ticket(refusals, watched, asker, stake, List.of(kept));
  }

  private @Nullable Ticket enterDoubtful(Asker asker, EndpointWatch.Watched watched) {
    Place slot = watched.tryDoubtful(asker);
    if (slot == null) {
      return null;
    }
    Place place = null;
    Ticket ticket = null;
    try {
      place = doubtful.tryAcquire(asker);
      Stake stake = place == null ? null : refusals.stakeAtDoubtful(asker);
      if (place != null && stake != null) {
        ticket = new Ticket(refusals, watched, asker, stake, List.of(slot, place));
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

  private @Nullable Queued queue(Asker asker) {
    Place place = queued.tryAcquire(asker);
    return place == null ? null : new Queued(place);
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
   * How many at once, and how many a second.
   *
   * @param lookUps questions to STS
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
