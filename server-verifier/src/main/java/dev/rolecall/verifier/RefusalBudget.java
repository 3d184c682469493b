package dev.rolecall.verifier;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How many look-ups STS may refuse: so many a second of one peer, and of all peers together. Limits
 * on what is under way do not bound that. STS says no within milliseconds, and whoever forges
 * proofs one after another would have it asked thousands of times a second for ever.
 *
 * <p>A look-up stakes a permit when it begins, and has it back unless STS refuses: an honest caller
 * pays nothing, and neither does an outage. So permits run out only where somebody sends what STS
 * refuses. Two kinds of callers are not locked out together with whoever does that. Each has
 * permits of its own, and as many in total, for when those of all are gone:
 *
 * <ul>
 *   <li>peers of which STS has refused nothing lately, a few look-ups at a time, lest a crowd of
 *       fresh addresses takes all of them before the first refusal comes;
 *   <li>access keys of which STS has confirmed a proof lately, since a NAT, a balancer or a mesh
 *       may hide an attacker behind one address with honest callers. They are asked for only when
 *       the peer's are gone too, so that whoever forges in a key's name must exhaust both to do
 *       harm.
 * </ul>
 *
 * <table>
 *   <caption>What is remembered</caption>
 *   <tr><th>key</th><th>at most</th><th>until</th><th>where one is forgotten early</th></tr>
 *   <tr><td>the peer</td><td>10,000</td><td>a minute without a look-up</td>
 *       <td>the totals still hold</td></tr>
 *   <tr><td>the access key STS confirmed</td><td>20,000</td><td>an hour without one</td>
 *       <td>its caller has its peer's permits</td></tr>
 * </table>
 */
final class RefusalBudget {

  static final int MOST_PEERS = 10_000;
  static final int MOST_KEYS = 20_000;
  static final Duration PEER_MEMORY = Duration.ofMinutes(1);
  static final Duration KEY_MEMORY = Duration.ofHours(1);

  /** How many look-ups at a time a peer may stake of what is kept for the unsuspected. */
  static final int RESERVED_AT_A_TIME = 4;

  private final TokenBucket.Rate each;
  private final LongSupplier ticker;
  private final TokenBucket ofAll;
  private final TokenBucket ofUnsuspected;
  private final TokenBucket ofConfirmed;
  private final Cache<String, Payer> peers;
  private final Cache<String, Payer> keys;

  RefusalBudget(TokenBucket.Rate total, TokenBucket.Rate each, LongSupplier ticker) {
    this.each = requireNonNull(each, "each");
    this.ticker = requireNonNull(ticker, "ticker");
    this.ofAll = new TokenBucket(total, ticker);
    this.ofUnsuspected = new TokenBucket(total, ticker);
    this.ofConfirmed = new TokenBucket(total, ticker);
    this.peers = payers(MOST_PEERS, PEER_MEMORY);
    this.keys = payers(MOST_KEYS, KEY_MEMORY);
  }

  private Cache<String, Payer> payers(int most, Duration memory) {
    return Caffeine.newBuilder()
        .executor(Runnable::run)
        .ticker(ticker::getAsLong)
        .maximumSize(most)
        .expireAfterAccess(memory)
        .build();
  }

  /** Whether {@link #stake} would find a permit; for one who can do without the answer's cost. */
  boolean hasPermit(Asker asker) {
    Payer peer = peers.getIfPresent(asker.peer());
    if (peer == null || peer.hasPermit(ofAll)) {
      return true;
    }
    if (peer.isUnsuspected() && peer.hasPermit(ofUnsuspected)) {
      return true;
    }
    Payer key = keys.getIfPresent(asker.accessKeyId());
    return key != null && key.hasPermit(ofConfirmed);
  }

  /** A permit for one look-up; null where there is none. */
  @Nullable Stake stake(Asker asker) {
    Payer peer = peers.get(asker.peer(), name -> payer());
    boolean unsuspected = peer.isUnsuspected();
    Stake stake = peer.stake(ofAll);
    if (stake == null && unsuspected) {
      stake = peer.stake(ofUnsuspected);
    }
    if (stake == null) {
      Payer key = keys.getIfPresent(asker.accessKeyId());
      stake = key == null ? null : key.stake(ofConfirmed);
    }
    return stake;
  }

  /** STS has confirmed a proof of that access key. */
  void confirm(Asker asker) {
    var unused = keys.get(asker.accessKeyId(), name -> payer());
  }

  private Payer payer() {
    return new Payer(new TokenBucket(each, ticker));
  }

  /** How many peers and keys are remembered. */
  long remembered() {
    peers.cleanUp();
    keys.cleanUp();
    return peers.estimatedSize() + keys.estimatedSize();
  }

  /** Whose permits are taken. */
  private static final class Payer {

    private final TokenBucket own;
    private volatile boolean refused;

    Payer(TokenBucket own) {
      this.own = own;
    }

    boolean isUnsuspected() {
      return !refused && !own.lacks(RESERVED_AT_A_TIME);
    }

    boolean hasPermit(TokenBucket total) {
      return own.has() && total.has();
    }

    @Nullable Stake stake(TokenBucket total) {
      if (!own.tryTake()) {
        return null;
      }
      if (!total.tryTake()) {
        own.giveBack();
        return null;
      }
      return new Stake(this, total);
    }
  }

  /** A permit taken, of one payer's and of a total. Settled once, by one of its methods. */
  static final class Stake {

    private final Payer payer;
    private final TokenBucket total;

    private Stake(Payer payer, TokenBucket total) {
      this.payer = payer;
      this.total = total;
    }

    /** STS did not refuse. */
    void giveBack() {
      payer.own.giveBack();
      total.giveBack();
    }

    /** STS refused. */
    void spend() {
      payer.refused = true;
    }
  }
}
