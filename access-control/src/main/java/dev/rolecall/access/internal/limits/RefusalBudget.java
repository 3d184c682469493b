package dev.rolecall.access.internal.limits;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The budget of look-ups in vain: so many a second of one peer, and of all peers together. Limits
 * on what is under way do not bound that. An issuer says no within milliseconds, and a forger of
 * credentials would have it asked thousands of times a second for ever.
 *
 * <p>A look-up stakes a permit when it begins, and has it back unless it was in vain by the peer's
 * choice: an honest caller pays nothing, and neither does an outage. So permits run out only where
 * a peer sends credentials of no use. Two kinds of callers are not locked out together with such a
 * peer. Each has permits of its own, and as many in total, for when those of all are gone:
 *
 * <ul>
 *   <li>hosts without a look-up in vain lately, a few look-ups at a time, lest a crowd of fresh
 *       addresses takes all of them before the first refusal comes;
 *   <li>keys of which an issuer has confirmed a credential lately, since a NAT, a balancer or a
 *       mesh may hide an attacker behind one address with honest callers. They are asked for only
 *       when the host's are gone too, so that a forger in a key's name must exhaust both to do
 *       harm.
 * </ul>
 *
 * <p>Look-ups at issuers that have not answered lately stake permits of a total of their own: they
 * end late, and would hold the others' for long.
 *
 * <table>
 *   <caption>What is remembered</caption>
 *   <tr><th>key</th><th>at most</th><th>until</th><th>where one is forgotten early</th></tr>
 *   <tr><td>the host, and its site</td><td>10,000 each</td><td>a minute without a look-up</td>
 *       <td>the totals still hold</td></tr>
 *   <tr><td>the access key the issuer confirmed</td><td>20,000</td><td>an hour without one</td>
 *       <td>its caller has its peer's permits</td></tr>
 * </table>
 */
final class RefusalBudget {

  static final int MOST_PEERS = 10_000;
  static final int MOST_KEYS = 20_000;
  static final Duration PEER_MEMORY = Duration.ofMinutes(1);
  static final Duration KEY_MEMORY = Duration.ofHours(1);

  private final TokenBucket.Rate each;
  private final LongSupplier ticker;
  private final TokenBucket ofAll;
  private final TokenBucket ofUnsuspected;
  private final TokenBucket ofConfirmed;
  private final TokenBucket ofDoubtful;
  private final Cache<Network, Payer> hosts;
  private final Cache<Network, Payer.Site> sites;
  private final Cache<String, Payer> keys;

  RefusalBudget(TokenBucket.Rate total, TokenBucket.Rate each, LongSupplier ticker) {
    this.each = requireNonNull(each, "each");
    this.ticker = requireNonNull(ticker, "ticker");
    this.ofAll = new TokenBucket(total, ticker);
    this.ofUnsuspected = new TokenBucket(total, ticker);
    this.ofConfirmed = new TokenBucket(total, ticker);
    this.ofDoubtful = new TokenBucket(total, ticker);
    this.hosts = memory(MOST_PEERS, PEER_MEMORY);
    this.sites = memory(MOST_PEERS, PEER_MEMORY);
    this.keys = memory(MOST_KEYS, KEY_MEMORY);
  }

  private <K, V> Cache<K, V> memory(int most, Duration life) {
    return Caffeine.newBuilder()
        .executor(Runnable::run)
        .ticker(ticker::getAsLong)
        .maximumSize(most)
        .expireAfterAccess(life)
        .build();
  }

  /** Whether {@link #stake} would find a permit; for one who can do without the answer's cost. */
  boolean hasPermit(LookupSource source) {
    Payer host = hosts.getIfPresent(source.peer().host());
    if (host == null || host.has()) {
      Payer.Site site = sites.getIfPresent(source.peer().site());
      if ((site == null || site.common.has()) && ofAll.has()) {
        return true;
      }
      if ((host == null || host.isUnsuspected())
          && (site == null || site.kept.has())
          && ofUnsuspected.has()) {
        return true;
      }
    }
    Payer key = keys.getIfPresent(source.claimedId());
    return key != null && key.has() && ofConfirmed.has();
  }

  /** A permit for one look-up; null where there is none. */
  @Nullable Stake stake(LookupSource source) {
    Payer host = host(source);
    Payer.Site site = site(source);
    boolean unsuspected = host.isUnsuspected();
    Stake stake = host.stake(site.common, ofAll);
    if (stake == null && unsuspected) {
      stake = host.stake(site.kept, ofUnsuspected);
    }
    if (stake == null) {
      Payer key = keys.getIfPresent(source.claimedId());
      stake = key == null ? null : key.stake(ofConfirmed);
    }
    return stake;
  }

  /** The same for a look-up at an issuer that has not answered lately. */
  @Nullable Stake stakeAtDoubtful(LookupSource source) {
    return host(source).stake(site(source).common, ofDoubtful);
  }

  private Payer host(LookupSource source) {
    return hosts.get(source.peer().host(), name -> new Payer(each, ticker));
  }

  private Payer.Site site(LookupSource source) {
    return sites.get(source.peer().site(), name -> new Payer.Site(each, ticker));
  }

  /** An issuer has confirmed a credential of that key. */
  void confirm(LookupSource source) {
    var unused = keys.get(source.claimedId(), name -> new Payer(each, ticker));
  }

  /** Whether an issuer has confirmed a credential of the source's key within the hour. */
  boolean isConfirmed(LookupSource source) {
    return keys.getIfPresent(source.claimedId()) != null;
  }

  /** How many hosts, sites and keys are remembered. */
  long remembered() {
    hosts.cleanUp();
    sites.cleanUp();
    keys.cleanUp();
    return hosts.estimatedSize() + sites.estimatedSize() + keys.estimatedSize();
  }
}
