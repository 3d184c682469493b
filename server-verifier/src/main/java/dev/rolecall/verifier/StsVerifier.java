package dev.rolecall.verifier;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.CallerVerifier;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.identity.AccountId;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.identity.Partition;
import dev.rolecall.verifier.internal.endpoint.RegionName;
import dev.rolecall.verifier.internal.endpoint.StsEndpoint;
import dev.rolecall.verifier.internal.http.StsTransport;
import dev.rolecall.verifier.internal.sts.RetryPolicy;
import dev.rolecall.verifier.internal.sts.StsClient;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The scheme that recognises IAM roles by asking STS. Closed by default: AWS's commercial partition
 * at its Regions' endpoints, proofs bound to this server's certificate or to its audience alone,
 * role sessions only. Which roles may call what is the access policy's affair.
 *
 * <p>Not safe for use by several threads at once. Bounds are checked by the method that sets them
 * or, where they depend on one another, when a verifier is made; a breach throws {@link
 * IllegalArgumentException} with the value and the rule.
 */
public final class StsVerifier implements Scheme {

  private static final int MOST_AUDIENCES = 8;

  private final List<Audience> audiences;
  private final AcceptedEndpoints endpoints = new AcceptedEndpoints();
  private final Set<TrustedAccount> trusted = new HashSet<>();
  private BindingRule binding = BindingRule.ofDefaults();
  private ProofLifetime lifetime = ProofLifetime.ofDefaults();
  private boolean eksTokens;
  private RetryPolicy retries = new RetryPolicy(Duration.ofSeconds(5));
  private @Nullable StsTransport transport;

  private StsVerifier(List<Audience> audiences) {
    if (audiences.isEmpty() || audiences.size() > MOST_AUDIENCES) {
      throw new IllegalArgumentException(
          "audiences: " + audiences.size() + " (expected: 1 to " + MOST_AUDIENCES + ")");
    }
    this.audiences = List.copyOf(audiences);
  }

  /**
   * A verifier that is known to its callers by that name.
   *
   * @throws IllegalArgumentException if the audience breaks the rule of {@link Audience}
   */
  public static StsVerifier forAudience(String audience) {
    return forAudience(Audience.of(audience));
  }

  /** A verifier that is known to its callers by that name. */
  public static StsVerifier forAudience(Audience audience) {
    return new StsVerifier(List.of(audience));
  }

  /**
   * A verifier that is known to its callers by several names, for the time of a renaming. A proof
   * for any of them is accepted. An EKS token names no audience, and is held against the first.
   *
   * @param audience the name in records and messages
   * @param alsoAccepted the other names, seven at most
   * @throws IllegalArgumentException if an audience breaks the rule of {@link Audience}, or there
   *     are more than eight
   */
  public static StsVerifier forAudience(String audience, String... alsoAccepted) {
    return forAudiences(
        Stream.concat(Stream.of(audience), Stream.of(alsoAccepted)).map(Audience::of).toList());
  }

  /**
   * The same for names that are read already; the first is the one in records and messages.
   *
   * @throws IllegalArgumentException if the list is empty, or has more than eight
   */
  public static StsVerifier forAudiences(List<Audience> audiences) {
    return new StsVerifier(audiences);
  }

  /**
   * The partitions whose callers are accepted, in place of the default, {@code aws}: each Region
   * that the AWS SDK knows, with its regional, dual-stack and FIPS endpoints. An empty set leaves
   * custom endpoints alone.
   */
  public StsVerifier acceptPartitions(Set<Partition> partitions) {
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
  public StsVerifier acceptRegions(Collection<String> regions) {
    endpoints.only(regions.stream().map(RegionName::new).toList());
    return this;
  }

  /**
   * Also accepts a Region that the AWS SDK in use does not know yet, by name. It must be named as
   * Regions of an accepted partition are.
   */
  public StsVerifier acceptRegion(String region) {
    endpoints.add(new RegionName(region));
    return this;
  }

  /** Also accepts proofs for {@code sts.amazonaws.com}, which AWS advises against. */
  public StsVerifier acceptGlobalEndpoint() {
    endpoints.addGlobal();
    return this;
  }

  /**
   * Also accepts an endpoint that the operator runs: a VPC endpoint, or an emulator. A proof means
   * it by the URL's authority, {@code host} or {@code host:port}: the HTTP client writes {@code
   * Host} from the URL, and the signature covers it.
   *
   * @param url {@code https://host[:port]}, in lower case, without a path and without the port 443;
   *     {@code http://} for {@code localhost} and {@code 127.x.y.z} only
   * @param region the Region its requests are signed for
   * @param partition the partition its callers are of
   */
  public StsVerifier acceptCustomEndpoint(URI url, String region, Partition partition) {
    endpoints.add(StsEndpoint.at(url, new RegionName(region), partition));
    return this;
  }

  /**
   * Refuses proofs that are not bound to this server's certificate. By default they are accepted,
   * because a load balancer may end TLS before this server.
   */
  public StsVerifier requireChannelBinding() {
    binding = binding.requiringChannel();
    return this;
  }

  /**
   * Also accepts proofs bound to a certificate that is not this server's: the leaf of a load
   * balancer that ends TLS before it. The holder of that certificate's key is trusted as this
   * server is.
   */
  public StsVerifier acceptBalancerCertificate(BindingHash leaf) {
    binding = binding.accepting(requireNonNull(leaf, "leaf"));
    return this;
  }

  /**
   * Also accepts EKS tokens, {@code k8s-aws-v1.}: what {@code aws eks get-token --cluster-name
   * AUDIENCE} prints. They are bound to the audience alone, so that a verifier which requires
   * channel binding refuses them, and live for {@link #maxProofAge}, whatever life they state. A
   * cluster of EKS must not have the audience's name: its tokens would be good here, and this
   * server's there.
   */
  public StsVerifier acceptEksTokens() {
    this.eksTokens = true;
    return this;
  }

  /**
   * Accepts callers of that account, and from now on of no account that is not named so. By default
   * callers of every account are verified, and the access policy decides.
   */
  public StsVerifier trustAccount(Partition partition, AccountId account) {
    trusted.add(new TrustedAccount(partition, account));
    return this;
  }

  /** How old a proof may be: 1 s to 15 min, the default. A proof's own life may be shorter. */
  public StsVerifier maxProofAge(Duration age) {
    lifetime = new ProofLifetime(requireNonNull(age, "age"), lifetime.maxSkew());
    return this;
  }

  /** How far ahead of this server's clock a proof may be dated: 0 to 5 min, 1 min by default. */
  public StsVerifier maxClockSkew(Duration skew) {
    lifetime = new ProofLifetime(lifetime.maxAge(), requireNonNull(skew, "skew"));
    return this;
  }

  /** How long a look-up may take with its retries: 100 ms to 30 s, 5 s by default. */
  public StsVerifier lookUpTimeout(Duration timeout) {
    this.retries = new RetryPolicy(timeout);
    return this;
  }

  /** What carries requests, for tests. */
  StsVerifier transport(StsTransport transport) {
    this.transport = requireNonNull(transport, "transport");
    return this;
  }

  /** The audience that proofs must be for; of several, the one in records and messages. */
  public Audience audience() {
    return audiences.get(0);
  }

  /** Checks the rules between the settings. */
  @Override
  public void check(Clock clock) {
    var unused = rules();
  }

  @Override
  public CallerVerifier verifier(AccessRuntime runtime) {
    return new StsCallerVerifier(rules(), StsClient.of(runtime, retries, transport), runtime);
  }

  private ProofRules rules() {
    return new ProofRules(
        endpoints.table(),
        audiences,
        eksTokens,
        binding,
        lifetime,
        AcceptedCallers.of(Set.copyOf(trusted)));
  }
}
