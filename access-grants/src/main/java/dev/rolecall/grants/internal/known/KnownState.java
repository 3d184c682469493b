package dev.rolecall.grants.internal.known;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Caller;
import dev.rolecall.jwt.key.KeySet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The grants, locks and keys that a server knows, and the service's time. Safe for use by many
 * threads. Questions take no lock. News are taken up one at a time.
 *
 * <p>Once news are taken up, each question is answered by them. News that begin with a reset take
 * the place of what is known when they are complete, so nothing that still holds is lost between.
 */
public final class KnownState {

  /** How long an ended grant is kept, so that its holder hears that it ended. */
  static final Duration AFTER_END = Duration.ofMinutes(5);

  /** The least change of the reckoning of time that answers are reckoned anew for. */
  private static final long LEAST_STEP = Duration.ofMillis(5).toNanos();

  /** The service tells of what it has read of its store within this time. */
  private static final Duration MOST_AGE = Duration.ofSeconds(3);

  private final LongSupplier ticker;
  private final Freshness freshness;
  private final Object changing = new Object();

  /** Guarded by changing. */
  private final ServiceTime time;

  /** Written under changing. */
  private final Awaited awaited;

  /** Guarded by changing: what came since a reset. */
  private @Nullable Staged staged;

  /** These are written by the thread that has the lock. */
  private volatile Facts facts;

  private volatile Round round = Round.unknown();
  private final AtomicLong changes = new AtomicLong();

  /**
   * Nothing is known yet.
   *
   * @param mostGrants the most grants that are kept
   * @param limit how long what is known counts after the time of the last message
   */
  public KnownState(LongSupplier ticker, int mostGrants, Duration limit) {
    this.ticker = requireNonNull(ticker, "ticker");
    Duration half = limit.dividedBy(2);
    this.time = new ServiceTime(half.compareTo(MOST_AGE) < 0 ? half : MOST_AGE);
    this.facts = Facts.none(mostGrants);
    this.freshness = new Freshness(limit, ticker.getAsLong());
    this.awaited = new Awaited(ticker.getAsLong());
  }

  /** Elapsed time, by the ticker that all moments here are of. */
  public long ticks() {
    return ticker.getAsLong();
  }

  /** The state in force. */
  public Round round() {
    return round;
  }

  /** How often an answer may have become another one. */
  public long changes() {
    return changes.get();
  }

  /** Whether the last message is recent enough at that moment to rely on. */
  public boolean isFresh(long ticks) {
    return round.isKnown() && freshness.isFresh(ticks);
  }

  /** Whether all grants of that permission are known. */
  public boolean covers(String permission) {
    return facts.covered().contains(permission);
  }

  /** Those permissions are required from now on. */
  public void require(Set<String> permissions) {
    synchronized (changing) {
      awaited.require(permissions, ticker.getAsLong());
    }
  }

  /**
   * Whether grants that are not known may come at once: the news are fresh, and their permission
   * has been required for 5 s at most.
   */
  public boolean isAwaiting(long ticks) {
    return isFresh(ticks) && awaited.isAt(ticks);
  }

  /** The moment from which on nothing is fresh, unless another message comes. */
  public long freshUntil() {
    return freshness.until();
  }

  /** The age of what is known at that moment, in nanoseconds. */
  public long age(long ticks) {
    return freshness.age(ticks);
  }

  /** The grants of that permission and holder. */
  public List<KnownGrant> grants(GrantKey key) {
    return facts.grants().of(key);
  }

  /** The grant of that id. */
  public Optional<KnownGrant> grant(String id) {
    return facts.grants().of(id);
  }

  /** The number of grants that are known, those that have ended lately included. */
  public int size() {
    return facts.grants().size();
  }

  /** The number of locks that are known. */
  public int locks() {
    return facts.locks().size();
  }

  /** All that is known, as changes from nothing. */
  public Changes all() {
    Facts now = facts;
    return new Changes(now.grants().all(), now.locks().all(), Optional.of(now.keys()));
  }

  /** The keys of grant tokens. */
  public KeySet keys() {
    return facts.keys();
  }

  /** Whether a lock means the caller, or may mean it. */
  public boolean isLocked(Caller caller) {
    LockTable locks = facts.locks();
    return !locks.isEmpty() && locks.means(caller, round.serviceMillis(ticker.getAsLong()));
  }

  /** A number that is another one after a lock has come or gone, and never negative. */
  public int lockRound() {
    return facts.lockRound();
  }

  /** The moment at which the next lock ends; empty where none does. */
  public OptionalLong nextLockEnd() {
    OptionalLong end = facts.locks().earliestEnd();
    return end.isEmpty() ? end : OptionalLong.of(round.ticksOf(end.getAsLong()));
  }

  /**
   * Takes news up.
   *
   * @param askedAt when the subscription began that this is the first message of; else empty
   * @param permissions the permissions that they are of
   * @return the outcome
   */
  public Uptake heard(News news, OptionalLong askedAt, Set<String> permissions) {
    synchronized (changing) {
      long now = ticker.getAsLong();
      if (askedAt.isPresent()) {
        time.heardFirst(news.serviceMillis(), now, askedAt.getAsLong());
      } else {
        time.heard(news.serviceMillis(), now);
      }
      return takenUp(news, now, permissions);
    }
  }

  /**
   * Takes up what was known before this server started.
   *
   * @param age how long ago the service said so
   * @param permissions the permissions that it is of
   */
  public void restored(News news, Duration age, Set<String> permissions) {
    synchronized (changing) {
      long now = ticker.getAsLong();
      time.heard(news.serviceMillis(), now - age.toNanos());
      var unused = takenUp(news, now, permissions);
    }
  }

  private Uptake takenUp(News news, long now, Set<String> permissions) {
    boolean wasStaged = staged != null || news.reset();
    Set<String> before = facts.covered();
    int left = takeUp(news, permissions);
    boolean covers = !before.equals(facts.covered());
    boolean applied = staged == null && (wasStaged || covers || !news.changes().areNone());
    boolean changed = applied || timeStepped();
    if (changed) {
      round = Round.at(time.offset());
    }
    freshness.stated(news.serviceMillis(), round);
    return new Uptake(noted(changed, now), left);
  }

  private boolean timeStepped() {
    return !round.isKnown() || Math.abs(time.offset() - round.offset()) >= LEAST_STEP;
  }

  /** Counts a change, or that news have become stale or fresh; false if neither is so. */
  private boolean noted(boolean changed, long now) {
    boolean any = freshness.hasTurned(now) || changed;
    changes.addAndGet(any ? 1 : 0);
    return any;
  }

  private int takeUp(News news, Set<String> permissions) {
    Changes told = news.changes();
    Facts now = facts;
    if (news.reset()) {
      staged = new Staged(now.grants().emptied());
    }
    Facts next = now;
    Staged filling = staged;
    int left = 0;
    if (filling == null) {
      left = now.grants().putAll(told.grants());
      next = told.keys().map(next::with).orElse(next);
      next = told.locks().isEmpty() ? next : next.with(now.locks().changedBy(told.locks()));
    } else {
      left = filling.putAll(told);
      if (!news.more()) {
        next = filling.inPlaceOf(next);
        staged = null;
      }
    }
    facts = news.more() ? next : next.covering(permissions);
    return left;
  }

  /** Forgets what came since a reset that was not completed. */
  public void cutOff() {
    synchronized (changing) {
      staged = null;
    }
  }

  /**
   * Looks at the time: forgets locks that are over, and notes whether what is known has become
   * stale.
   *
   * @return whether an answer may be another one than before
   */
  public boolean timePassed() {
    synchronized (changing) {
      long now = ticker.getAsLong();
      Facts known = facts;
      LockTable left = known.locks().without(round.serviceMillis(now));
      boolean ended = left != known.locks();
      if (ended) {
        facts = known.with(left);
        round = Round.at(round.offset());
      }
      return noted(ended, now);
    }
  }

  /** Forgets all. Nothing is held from now on. */
  public void close() {
    synchronized (changing) {
      facts = facts.with(facts.grants().emptied());
      round = Round.unknown();
    }
  }

  /** Forgets the grants that have been over for a while. */
  public void forgetEndedGrants() {
    synchronized (changing) {
      long now = round.serviceMillis(ticker.getAsLong());
      facts.grants().forgetEndedBefore(now - AFTER_END.toMillis());
    }
  }

  /**
   * The outcome of news.
   *
   * @param changed whether an answer may be another one than before
   * @param left the number of grants that there was no room for
   */
  public record Uptake(boolean changed, int left) {}
}
