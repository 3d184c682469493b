package dev.rolecall.verifier;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.AccountId;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.identity.Partition;
import dev.rolecall.verifier.limits.PeerLimit;
import dev.rolecall.verifier.sts.RegionName;
import dev.rolecall.verifier.sts.RetryPolicy;
import dev.rolecall.verifier.sts.StsEndpoint;
import dev.rolecall.verifier.sts.StsTransport;
import io.opentelemetry.api.OpenTelemetry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Makes a {@link CallerVerifier}. Closed by default: AWS's commercial partition at its Regions'
 * endpoints, proofs bound to this server's certificate or to its audience alone, role sessions
 * only. Which roles may call what is the access policy's affair.
 *
 * <p>Not safe for use by several threads at once. Bounds are checked by the method that sets them
 * or, where they depend on one another, by {@link #build}; a breach throws {@link
 * IllegalArgumentException} with the value and the rule.
 */
public final class CallerVerifierBuilder {

  private final Audience audience;
  private final AcceptedEndpoints endpoints = new AcceptedEndpoints();
  private final Set<BindingHash> balancers = new HashSet<>();
  private final Set<TrustedAccount> trusted = new HashSet<>();
  private boolean channelRequired;
  private boolean eksTokens;
  private Duration maxProofAge = ProofLifetime.AGE_CEILING;
  private Duration maxClockSkew = Duration.ofMinutes(1);
  private RetryPolicy retries = new RetryPolicy(Duration.ofSeconds(5));
  private final BoundSettings bounds = new BoundSettings();
  private final Surroundings surroundings = new Surroundings(Clock.systemUTC(), System::nanoTime);

  CallerVerifierBuilder(Audience audience) {
    this.audience = requireNonNull(audience, "audience");
  }

  /**
   * The partitions whose callers are accepted, in place of the default, {@code aws}: each Region
   * that the AWS SDK knows, with its regional, dual-stack and FIPS endpoints. An empty set leaves
   * custom endpoints alone.
   */
  public CallerVerifierBuilder acceptPartitions(Set<Partition> partitions) {
    endpoints.partitions(partitions);
    return this;
  }

  /**
   * Accepts proofs for those Regions alone, in place of every Region of the accepted partitions;
   * others are refused unasked, as {@code ISSUER_NOT_ALLOWED}. Name the Regions whose STS the
   * callers use and this server can reach: a stranger can then have no other endpoint asked. The
   * global endpoint and custom ones are accepted by their own options.
   *
   * @param regions such as {@code eu-west-1}, each of an accepted partition, at least one; one that
   *     the AWS SDK in use does not know yet must be named as its partition's are
   */
  public CallerVerifierBuilder acceptRegions(Collection<String> regions) {
    endpoints.only(regions.stream().map(RegionName::new).toList());
    return this;
  }

  /**
   * Also accepts a Region that the AWS SDK in use does not know yet, by name. It must be named as
   * Regions of an accepted partition are.
   */
  public CallerVerifierBuilder acceptRegion(String region) {
    endpoints.add(new RegionName(region));
    return this;
  }

  /** Also accepts proofs for {@code sts.amazonaws.com}, which AWS advises against. */
  public CallerVerifierBuilder acceptGlobalEndpoint() {
    endpoints.addGlobal();
    return this;
  }

  /**
   * Also accepts an endpoint of the operator's own: a VPC endpoint, or an emulator. A proof means
   * it by the URL's authority, {@code host} or {@code host:port}: the HTTP client writes {@code
   * Host} from the URL, and the signature covers it.
   *
   * @param url {@code https://host[:port]}, in lower case, without a path and without the port 443;
   *     {@code http://} for {@code localhost} and {@code 127.x.y.z} only
   * @param region the Region its requests are signed for
   * @param partition the partition its callers are of
   */
  public CallerVerifierBuilder acceptCustomEndpoint(URI url, String region, Partition partition) {
    endpoints.add(StsEndpoint.at(url, new RegionName(region), partition));
    return this;
  }

  /**
   * Refuses proofs that are not bound to this server's certificate. By default they are accepted,
   * because a load balancer may end TLS before this server.
   */
  public CallerVerifierBuilder requireChannelBinding() {
    this.channelRequired = true;
    return this;
  }

  /**
   * Also accepts EKS tokens, {@code k8s-aws-v1.}: what {@code aws eks get-token --cluster-name
   * AUDIENCE} prints. They are bound to the audience alone, so that a verifier which requires
   * channel binding refuses them, and live for {@link #maxProofAge}, whatever life they state. A
   * cluster of EKS must not have the audience's name: its tokens would be good here, and this
   * server's there.
   */
  public CallerVerifierBuilder acceptEksTokens() {
    this.eksTokens = true;
    return this;
  }

  /**
   * Also accepts proofs bound to a certificate that is not this server's: the leaf of a load
   * balancer that ends TLS before it. Whoever holds that certificate's key is trusted as this
   * server is.
   */
  public CallerVerifierBuilder acceptBalancerCertificate(BindingHash leaf) {
    balancers.add(requireNonNull(leaf, "leaf"));
    return this;
  }

  /**
   * Accepts callers of that account, and from now on of no account that is not named so. By default
   * callers of every account are verified, and the access policy decides.
   */
  public CallerVerifierBuilder trustAccount(Partition partition, AccountId account) {
    trusted.add(new TrustedAccount(partition, account));
    return this;
  }

  /** How old a proof may be: 1 s to 15 min, the default. A proof's own life may be shorter. */
  public CallerVerifierBuilder maxProofAge(Duration age) {
    this.maxProofAge = requireNonNull(age, "age");
    return this;
  }

  /** How far ahead of this server's clock a proof may be dated: 0 to 5 min, 1 min by default. */
  public CallerVerifierBuilder maxClockSkew(Duration skew) {
    this.maxClockSkew = requireNonNull(skew, "skew");
    return this;
  }

  /** How long a look-up may take with its retries: 100 ms to 30 s, 5 s by default. */
  public CallerVerifierBuilder lookUpTimeout(Duration timeout) {
    this.retries = new RetryPolicy(timeout);
    return this;
  }

  /**
   * How many look-ups may be under way at once: 256, of one peer 32, by default. A peer is an IPv4
   * address, or the /64 of an IPv6 address; the peers of a /24, or of a /56, have four times as
   * many together. Half as many more are kept for addresses with nothing under way, and half as
   * many for access keys confirmed within the hour.
   *
   * <p>Of one STS endpoint that has answered within ten seconds, three quarters may be under way.
   * Of one that has not, four; others wait until it answers the verifier's own question.
   */
  public CallerVerifierBuilder maxLookUps(int total, int perPeer) {
    bounds.lookUps = new PeerLimit.Bound(total, perPeer);
    return this;
  }

  /**
   * How many look-ups a second may be in vain: 200, of one peer 20, by default; peers are counted
   * as by {@link #maxLookUps}. As many more are kept for peers without one lately, for access keys
   * confirmed within the hour, and for endpoints that have not answered lately.
   *
   * <p>In vain is a look-up that STS refuses, and one without an answer while other endpoints
   * answer. One that confirms a caller whom no user of this verifier could admit counts half.
   */
  public CallerVerifierBuilder maxRefusalsPerSecond(int total, int perPeer) {
    bounds.refusals = new PeerLimit.Bound(total, perPeer);
    return this;
  }

  /**
   * How many calls may wait for look-ups: 10,000, of one peer 2,000, by default, and more as by
   * {@link #maxLookUps}. One that is cancelled leaves its place.
   */
  public CallerVerifierBuilder maxWaitingCalls(int total, int perPeer) {
    bounds.waiting = new PeerLimit.Bound(total, perPeer);
    return this;
  }

  /**
   * How many verified callers are remembered: 20,000 in about 64 MiB of heap by default. A caller
   * takes twice its proof's length and some 1.3 KB, of which the bound counts 1 KiB. A sixteenth as
   * many are remembered besides whom no user of this verifier could admit.
   */
  public CallerVerifierBuilder verifiedCache(long entries, long bytes) {
    bounds.verifiedCache = new CacheBound(entries, bytes);
    return this;
  }

  /** How many refused proofs are remembered: 20,000 in about 8 MiB of heap by default. */
  public CallerVerifierBuilder refusedCache(long entries, long bytes) {
    bounds.refusedCache = new CacheBound(entries, bytes);
    return this;
  }

  /** How long a refusal is remembered: 0 to 1 min, 10 s by default. */
  public CallerVerifierBuilder refusalLife(Duration life) {
    bounds.refusalLife = requireNonNull(life, "life");
    return this;
  }

  /** Where metrics go: nowhere by default. */
  public CallerVerifierBuilder openTelemetry(OpenTelemetry openTelemetry) {
    surroundings.openTelemetry = requireNonNull(openTelemetry, "openTelemetry");
    return this;
  }

  /** Wall time: the system's by default. */
  public CallerVerifierBuilder clock(Clock clock) {
    surroundings.clock = requireNonNull(clock, "clock");
    return this;
  }

  /** Elapsed time in nanoseconds: {@link System#nanoTime} by default. */
  public CallerVerifierBuilder ticker(LongSupplier nanoseconds) {
    surroundings.ticker = requireNonNull(nanoseconds, "nanoseconds");
    return this;
  }

  /** Draws the pauses before retries, and those callers are told; must be safe for many threads. */
  public CallerVerifierBuilder random(RandomGenerator random) {
    surroundings.random = requireNonNull(random, "random");
    return this;
  }

  /**
   * Where look-ups begin and end: two daemon threads by default, which end with the verifier. One
   * given here is left running.
   */
  public CallerVerifierBuilder executor(Executor executor) {
    surroundings.executor = requireNonNull(executor, "executor");
    return this;
  }

  /** What times look-ups out: one daemon thread by default. One given here is left running. */
  public CallerVerifierBuilder scheduler(ScheduledExecutorService scheduler) {
    surroundings.scheduler = requireNonNull(scheduler, "scheduler");
    return this;
  }

  /** What carries requests, for tests. */
  CallerVerifierBuilder transport(StsTransport transport) {
    surroundings.transport = requireNonNull(transport, "transport");
    return this;
  }

  /**
   * A verifier of these settings. Close it.
   *
   * @throws IllegalArgumentException if the settings break a rule
   */
  public CallerVerifier build() {
    StsCallerVerifier.Rules rules =
        new StsCallerVerifier.Rules(
            endpoints.table(),
            audience,
            eksTokens,
            new BindingRule(channelRequired, balancers),
            new ProofLifetime(maxProofAge, maxClockSkew),
            AcceptedCallers.of(trusted.isEmpty() ? Optional.empty() : Optional.of(trusted)));
    return surroundings.verifier(rules, retries, bounds);
  }
}
