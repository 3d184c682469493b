package dev.rolecall.grants;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.grant.GrantSource;
import dev.rolecall.access.grant.Grants;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.grants.internal.feed.FeedNodes;
import dev.rolecall.grants.internal.feed.FeedSettings;
import dev.rolecall.grants.internal.known.KnownState;
import dev.rolecall.identity.internal.Alphabet;
import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.identity.internal.Range;
import io.grpc.CallCredentials;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The feed of an access service, as the source of a server's grants and locks. The server keeps the
 * grants of the permissions that its policy requires, and each change reaches it within
 * milliseconds. Ends of grants need no news: the service's time decides, which the server knows by
 * its ticker.
 *
 * <p>Before the first news, and without news for longer than {@link #staleAfter}, calls that rest
 * on a grant are refused as {@code GRANTS_STALE}, an outage. Locks are known from the first news
 * on; the last known ones stay in force through an outage.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class GrantFeed implements GrantSource {

  /** The default limit of {@link Staleness#STRICT}. */
  public static final Duration STRICT_LIMIT = Duration.ofSeconds(5);

  private static final Duration LEAST_LIMIT = Duration.ofSeconds(3);
  private static final Duration MOST_STRICT = Duration.ofSeconds(60);
  private static final Duration MOST_BEST_EFFORT = Duration.ofMinutes(5);
  private static final Duration MOST_SILENCE = Duration.ofSeconds(2);
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);
  private static final Duration KEEP_ALIVE_ANSWER = Duration.ofSeconds(5);
  private static final int MOST_GRANTS = 10_000_000;
  private static final Alphabet PRINTABLE = Alphabet.range(' ', '~');
  private static final int LONGEST_NAME = 100;

  private final List<Supplier<ManagedChannel>> nodes = new ArrayList<>();
  private final String asking;
  private Optional<ChannelCredentials> channelCredentials = Optional.empty();
  private Optional<CallCredentials> callCredentials = Optional.empty();
  private Optional<String> name = Optional.empty();
  private Staleness staleness = Staleness.STRICT;
  private Optional<Duration> limit = Optional.empty();
  private Optional<Path> file = Optional.empty();
  private Optional<Executor> fileExecutor = Optional.empty();
  private int mostGrants = 200_000;

  private GrantFeed(String asking) {
    this.asking = asking;
  }

  /**
   * The feed at that target, such as {@code access.internal:443}.
   *
   * @param channelCredentials such as TLS; it proves the service
   */
  public static GrantFeed follow(String target, ChannelCredentials channelCredentials) {
    GrantFeed feed = new GrantFeed(requireNonNull(target, "target"));
    feed.channelCredentials = Optional.of(requireNonNull(channelCredentials, "channelCredentials"));
    return feed.orAt(target);
  }

  /**
   * The feed over channels that a supplier makes, each for one node.
   *
   * @param asking the address at which callers ask for a permission, for people
   * @param channels makes a new channel, which is closed with the grants
   */
  public static GrantFeed over(String asking, Supplier<ManagedChannel> channels) {
    return new GrantFeed(requireNonNull(asking, "asking")).orOver(channels);
  }

  /**
   * Adds another node of the same service. Where one is lost, the next one is followed. A name with
   * several addresses means a node at each: the next subscription goes to another of them.
   *
   * @throws IllegalStateException if the feed is followed over channels of a supplier
   */
  public GrantFeed orAt(String target) {
    requireNonNull(target, "target");
    ChannelCredentials credentials =
        channelCredentials.orElseThrow(
            () -> new IllegalStateException("credentials: none (expected: orOver(channels))"));
    return orOver(() -> channel(target, credentials));
  }

  /**
   * A channel with connections to all addresses of its target. With one, a new subscription would
   * go back to the node that has fallen silent, for as long as TCP holds the connection.
   */
  private static ManagedChannel channel(String target, ChannelCredentials credentials) {
    return Grpc.newChannelBuilder(target, credentials)
        .defaultLoadBalancingPolicy("round_robin")
        .keepAliveTime(KEEP_ALIVE.toNanos(), TimeUnit.NANOSECONDS)
        .keepAliveTimeout(KEEP_ALIVE_ANSWER.toNanos(), TimeUnit.NANOSECONDS)
        .build();
  }

  /** Adds another node of the same service, over channels that the supplier makes. */
  public GrantFeed orOver(Supplier<ManagedChannel> channels) {
    nodes.add(requireNonNull(channels, "channels"));
    return this;
  }

  /**
   * Proves this server on each call, such as by {@code IamCallCredentials}. None by default, for a
   * server that proves itself in the TLS handshake.
   */
  public GrantFeed callCredentials(CallCredentials credentials) {
    this.callCredentials = Optional.of(requireNonNull(credentials, "credentials"));
    return this;
  }

  /**
   * Names this server for people, who see it in the list of enforcers and where a revocation is not
   * confirmed. By default it is the host's name and the process's id, such as {@code
   * orders-7d9f5/1}. A name that replicas share does not tell which of them is meant.
   *
   * @throws IllegalArgumentException if it is not 1 to 100 printable ASCII characters
   */
  public GrantFeed name(String name) {
    if (!PRINTABLE.spells(name, 1, LONGEST_NAME)) {
      throw InvalidValue.of("name", name, "1 to 100 printable ASCII characters");
    }
    this.name = Optional.of(name);
    return this;
  }

  /** Sets what happens without news. {@link Staleness#STRICT} by default. */
  public GrantFeed staleness(Staleness staleness) {
    this.staleness = requireNonNull(staleness, "staleness");
    return this;
  }

  /**
   * Sets the time without news after which no grant counts. It is the longest that a grant which
   * was revoked meanwhile can be used here. 5 s by default and 3 to 60 s where {@linkplain
   * Staleness#STRICT strict}; 5 minutes by default and 3 s to 5 minutes else. {@link #open} checks
   * it.
   */
  public GrantFeed staleAfter(Duration limit) {
    this.limit = Optional.of(requireNonNull(limit, "limit"));
    return this;
  }

  /**
   * Keeps what is known in that file, for a start while the service is away: mode 0600, replaced as
   * a whole. What it has counts no longer than {@link #staleAfter} after the service last confirmed
   * it. Each server needs a file of its own. No file by default.
   */
  public GrantFeed keepAt(Path file) {
    this.file = Optional.of(requireNonNull(file, "file"));
    return this;
  }

  /**
   * Sets the executor of writes to the file, which block on it. By default it is a daemon thread.
   */
  public GrantFeed fileExecutor(Executor executor) {
    this.fileExecutor = Optional.of(requireNonNull(executor, "executor"));
    return this;
  }

  /**
   * Sets how many grants are kept, about 400 bytes each: 1 to 10,000,000, 200,000 by default. The
   * holders of further ones are refused, which the log tells.
   *
   * @throws IllegalArgumentException if it is less or more
   */
  public GrantFeed mostGrants(int most) {
    Range.check("mostGrants", most, 1, MOST_GRANTS);
    this.mostGrants = most;
    return this;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Blocks on the file, if one is kept.
   */
  @Override
  public Grants open(AccessRuntime runtime) {
    Duration stale = limit();
    return new FollowedGrants(
        new FeedSettings(
            name.orElseGet(ProcessName::ofThisProcess),
            callCredentials,
            silence(stale),
            mostGrants,
            file,
            fileExecutor),
        new FeedNodes(nodes),
        new KnownState(runtime.ticker(), mostGrants, stale),
        runtime,
        asking);
  }

  private Duration limit() {
    boolean strict = staleness == Staleness.STRICT;
    Duration most = strict ? MOST_STRICT : MOST_BEST_EFFORT;
    Duration stale = limit.orElse(strict ? STRICT_LIMIT : MOST_BEST_EFFORT);
    Range.check("staleAfter", stale, LEAST_LIMIT, most);
    return stale;
  }

  /**
   * A service has something to say each 0.9 s. What is known must still count for as long again, so
   * that the next node is heard before it is stale.
   */
  private static Duration silence(Duration stale) {
    Duration half = stale.dividedBy(2);
    return half.compareTo(MOST_SILENCE) > 0 ? MOST_SILENCE : half;
  }
}
