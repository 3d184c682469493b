package dev.rolecall.verifier;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.AccountId;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.identity.Partition;
import dev.rolecall.verifier.metrics.VerifierMetrics;
import dev.rolecall.verifier.sts.HttpStsTransport;
import dev.rolecall.verifier.sts.RegionName;
import dev.rolecall.verifier.sts.RetryPolicy;
import dev.rolecall.verifier.sts.StsClient;
import dev.rolecall.verifier.sts.StsEndpoint;
import dev.rolecall.verifier.sts.StsLog;
import dev.rolecall.verifier.sts.StsTransport;
import io.opentelemetry.api.OpenTelemetry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

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
  private PeerLimit.Bound lookUps = new PeerLimit.Bound(256, 32);
  private PeerLimit.Bound refusals = new PeerLimit.Bound(200, 20);
  private PeerLimit.Bound waiting = new PeerLimit.Bound(10_000, 2_000);
  private CacheBound verifiedCache = new CacheBound(20_000, 64L << 20);
  private CacheBound refusedCache = new CacheBound(20_000, 8L << 20);
  private Duration refusalLife = Duration.ofSeconds(10);
  private OpenTelemetry openTelemetry = OpenTelemetry.noop();
  private Clock clock = Clock.systemUTC();
  private LongSupplier ticker = System::nanoTime;
  private RandomGenerator random = new Random();
  private @Nullable Executor executor;
  private @Nullable ScheduledExecutorService scheduler;
  private @Nullable StsTransport transport;

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

  /** How many look-ups may be under way at once: 256, of one peer address 32, by default. */
  public CallerVerifierBuilder maxLookUps(int total, int perPeer) {
    this.lookUps = new PeerLimit.Bound(total, perPeer);
    return this;
  }

  /**
   * How many look-ups a second STS may refuse: 200, of one peer address 20, by default. As many
   * more are kept for addresses without a refusal lately, and for access keys confirmed lately.
   */
  public CallerVerifierBuilder maxRefusalsPerSecond(int total, int perPeer) {
    this.refusals = new PeerLimit.Bound(total, perPeer);
    return this;
  }

  /** How many calls may wait for look-ups: 10,000, of one peer address 2,000, by default. */
  public CallerVerifierBuilder maxWaitingCalls(int total, int perPeer) {
    this.waiting = new PeerLimit.Bound(total, perPeer);
    return this;
  }

  /**
   * How many verified callers are remembered: 20,000 in about 64 MiB of heap by default. A caller
   * takes twice its proof's length and some 1.3 KB, of which the bound counts 1 KiB.
   */
  public CallerVerifierBuilder verifiedCache(long entries, long bytes) {
    this.verifiedCache = new CacheBound(entries, bytes);
    return this;
  }

  /** How many refused proofs are remembered: 20,000 in about 8 MiB of heap by default. */
  public CallerVerifierBuilder refusedCache(long entries, long bytes) {
    this.refusedCache = new CacheBound(entries, bytes);
    return this;
  }

  /** How long a refusal is remembered: 0 to 1 min, 10 s by default. */
  public CallerVerifierBuilder refusalLife(Duration life) {
    this.refusalLife = requireNonNull(life, "life");
    return this;
  }

  /** Where metrics go: nowhere by default. */
  public CallerVerifierBuilder openTelemetry(OpenTelemetry openTelemetry) {
    this.openTelemetry = requireNonNull(openTelemetry, "openTelemetry");
    return this;
  }

  /** Wall time: the system's by default. */
  public CallerVerifierBuilder clock(Clock clock) {
    this.clock = requireNonNull(clock, "clock");
    return this;
  }

  /** Elapsed time in nanoseconds: {@link System#nanoTime} by default. */
  public CallerVerifierBuilder ticker(LongSupplier nanoseconds) {
    this.ticker = requireNonNull(nanoseconds, "nanoseconds");
    return this;
  }

  /** Draws the pauses before retries, and those callers are told; must be safe for many threads. */
  public CallerVerifierBuilder random(RandomGenerator random) {
    this.random = requireNonNull(random, "random");
    return this;
  }

  /**
   * Where look-ups begin and end: two daemon threads by default, which end with the verifier. One
   * given here is left running.
   */
  public CallerVerifierBuilder executor(Executor executor) {
    this.executor = requireNonNull(executor, "executor");
    return this;
  }

  /** What times look-ups out: one daemon thread by default. One given here is left running. */
  public CallerVerifierBuilder scheduler(ScheduledExecutorService scheduler) {
    this.scheduler = requireNonNull(scheduler, "scheduler");
    return this;
  }

  /** What carries requests, for tests. */
  CallerVerifierBuilder transport(StsTransport transport) {
    this.transport = requireNonNull(transport, "transport");
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
    VerifierMetrics metrics = new VerifierMetrics(openTelemetry);
    WorkThreads threads = WorkThreads.of(executor, scheduler, metrics);
    StsTransport carried =
        transport != null
            ? transport
            : HttpStsTransport.create(threads.carrier(), threads.resolver(), ticker);
    StsClient.Means means =
        new StsClient.Means(
            carried,
            retries,
            clock,
            ticker,
            threads.executor(),
            threads.scheduler(),
            random,
            new StsLog(metrics),
            threads.supervisor());
    var instruments = new StsCallerVerifier.Instruments(clock, ticker, metrics);
    var bounds = new RememberedAnswers.Bounds(verifiedCache, refusedCache, refusalLife);
    var limits = new LookUps.Limits(lookUps, waiting, refusals);
    return new StsCallerVerifier(
        rules,
        StsCallerVerifier.Memory.empty(bounds, limits, instruments, random),
        new StsClient(means),
        instruments,
        threads);
  }
}
