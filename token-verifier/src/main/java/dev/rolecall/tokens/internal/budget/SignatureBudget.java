package dev.rolecall.tokens.internal.budget;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.limits.Network;
import dev.rolecall.access.internal.limits.PeerNetworks;
import dev.rolecall.identity.internal.Range;
import dev.rolecall.jwt.key.Algorithm;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The CPU time for signature checks of all issuers together. A check is paid for before it is made,
 * by the cost of its algorithm: a forger sends tokens for nothing, and an elliptic curve costs 30
 * times what RSA does.
 *
 * <p>Four tenths are for everyone. When they are gone, there are four tenths for callers of which a
 * token was good within the hour, of one caller a tenth of these; and two tenths for hosts that
 * sent no forged token within ten minutes. So forgers, however many, take neither from known
 * callers nor, until they have tried, from new ones.
 *
 * <p>Safe for use by many threads; never blocks. It remembers at most 10,000 callers and 10,000
 * hosts, those that were seen last.
 */
public final class SignatureBudget {

  /** A quarter of a core. */
  public static final Duration USUAL = Duration.ofMillis(250);

  private static final Duration LEAST = Duration.ofMillis(50);
  private static final Duration MOST = Duration.ofSeconds(8);

  /** What one unit of {@link Algorithm#cost} takes: an RSA check of 2,048 bits. */
  private static final long UNIT = Duration.ofNanos(35_000).toNanos();

  private static final int REMEMBERED = 10_000;
  private static final Duration KNOWN_FOR = Duration.ofHours(1);
  private static final Duration SUSPECTED_FOR = Duration.ofMinutes(10);
  private static final int PARTS = 10;
  private static final int OF_ALL = 4;
  private static final int OF_KNOWN = 4;
  private static final int OF_UNSUSPECTED = 2;

  private final CpuBucket all;
  private final CpuBucket known;
  private final CpuBucket unsuspected;
  private final long ofOneKnown;
  private final Recent<String, CpuBucket> callers;
  private final Recent<Network, Boolean> forgers;
  private final LongSupplier ticker;

  /**
   * A budget that is whole.
   *
   * @param perSecond CPU time a second: 50 ms to 8 s
   * @param ticker elapsed time in nanoseconds
   * @throws IllegalArgumentException if the time lies outside its range
   */
  public SignatureBudget(Duration perSecond, LongSupplier ticker) {
    check(perSecond);
    this.ticker = requireNonNull(ticker, "ticker");
    long part = perSecond.toNanos() / PARTS;
    this.all = new CpuBucket(OF_ALL * part, ticker);
    this.known = new CpuBucket(OF_KNOWN * part, ticker);
    this.unsuspected = new CpuBucket(OF_UNSUSPECTED * part, ticker);
    this.ofOneKnown = OF_KNOWN * part / PARTS;
    this.callers = new Recent<>(REMEMBERED, KNOWN_FOR, ticker);
    this.forgers = new Recent<>(REMEMBERED, SUSPECTED_FOR, ticker);
  }

  /**
   * Checks a setting.
   *
   * @throws IllegalArgumentException if the time lies outside its range
   */
  public static void check(Duration perSecond) {
    Range.check("signatureTime", perSecond, LEAST, MOST);
  }

  /**
   * Pays for a check, if there is CPU time left for it.
   *
   * @param peer the peer's address
   * @param caller the issuer and the subject that the token claims
   */
  public boolean tryPay(Algorithm algorithm, String peer, String caller) {
    long cost = algorithm.cost() * UNIT;
    return all.tryTake(cost) || payAsKnown(cost, caller) || payAsUnsuspected(cost, peer);
  }

  private boolean payAsKnown(long cost, String caller) {
    CpuBucket own = callers.get(caller);
    if (own == null || !own.tryTake(cost)) {
      return false;
    }
    if (known.tryTake(cost)) {
      return true;
    }
    own.giveBack(cost);
    return false;
  }

  private boolean payAsUnsuspected(long cost, String peer) {
    return forgers.get(host(peer)) == null && unsuspected.tryTake(cost);
  }

  private static Network host(String peer) {
    return PeerNetworks.of(peer).host();
  }

  /** The signature was good. */
  public void good(String caller) {
    callers.keep(caller, () -> new CpuBucket(ofOneKnown, ticker));
  }

  /** The signature was forged. */
  public void forged(String peer) {
    forgers.keep(host(peer), () -> true);
  }
}
