package dev.rolecall.spring;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.identity.AccountId;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.identity.Partition;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code rolecall.server.*}: how this application's gRPC servers are guarded. Each
 * is named as the option of {@link dev.rolecall.verifier.StsVerifier} or {@link
 * dev.rolecall.guard.CallGuardBuilder} it sets, where its bounds and default are; further options
 * are set by a {@link VerifierCustomizer} or {@link GuardCustomizer}. Immutable.
 *
 * <p>Those of the scheme are in {@link AcceptedProofs} and {@link StsEndpoints}, under the same
 * prefix. Each record is bound without the others' properties, so the starter itself finds unknown
 * names, and not the binding.
 *
 * @param audience The name this server is known by to its callers. Required, unless a Scheme bean
 *     takes its place.
 * @param policy The policy file: a path, which is followed, or a location such as
 *     classpath:orders.yaml. Required, unless a PolicySource bean takes its place.
 * @param policyReloadPeriod How long after one look at the policy file comes the next.
 * @param streamGrace How long a call may outlive the proof it was admitted with. Default: 5m.
 * @param auditing Which decisions are recorded. Default: on-deny.
 * @param unsafeServeWithoutGuard Whether servers run without a guard, open to everyone.
 */
@ConfigurationProperties("rolecall.server")
public record RolecallServerProperties(
    @Nullable Audience audience,
    @Nullable String policy,
    @DefaultValue("5s") Duration policyReloadPeriod,
    @Nullable Duration streamGrace,
    @Nullable AuditCondition auditing,
    @DefaultValue("false") boolean unsafeServeWithoutGuard) {

  /** Checks that what has a default is there. */
  public RolecallServerProperties {
    requireNonNull(policyReloadPeriod, "policyReloadPeriod");
  }

  /**
   * The proofs that are accepted, and whose.
   *
   * @param requireChannelBinding Whether proofs must be bound to this server's certificate.
   * @param acceptEksTokens Whether EKS tokens are proofs too. No cluster may then have the
   *     audience's name.
   * @param acceptBalancerCertificates Hashes of the leaf certificates of load balancers that end
   *     TLS before this server.
   * @param trustAccounts The accounts whose callers are accepted, as 111122223333 or
   *     aws-us-gov:111122223333; at least one. Default: all, and the policy decides.
   * @param maxProofAge How old a proof may be.
   * @param maxClockSkew How far ahead of this server's clock a proof may be dated.
   */
  @ConfigurationProperties("rolecall.server")
  public record AcceptedProofs(
      @DefaultValue("false") boolean requireChannelBinding,
      @DefaultValue("false") boolean acceptEksTokens,
      @DefaultValue List<BindingHash> acceptBalancerCertificates,
      @Nullable List<TrustedAccount> trustAccounts,
      @Nullable Duration maxProofAge,
      @Nullable Duration maxClockSkew) {

    /** Copies the lists. */
    public AcceptedProofs {
      acceptBalancerCertificates = List.copyOf(acceptBalancerCertificates);
      trustAccounts = trustAccounts == null ? null : List.copyOf(trustAccounts);
    }
  }

  /**
   * The STS endpoints that are asked, and for how long.
   *
   * @param acceptPartitions The partitions whose callers are accepted; an empty value leaves custom
   *     endpoints alone. Default: aws.
   * @param acceptRegions The only Regions whose STS endpoints are accepted; at least one. Default:
   *     every Region of the accepted partitions.
   * @param alsoAcceptRegions Regions that are accepted besides, though the AWS SDK in use does not
   *     know them yet.
   * @param acceptGlobalEndpoint Whether proofs for sts.amazonaws.com are accepted.
   * @param acceptCustomEndpoints STS endpoints of the operator's own: a VPC endpoint, or an
   *     emulator.
   * @param lookUpTimeout How long a look-up at STS may take with its retries.
   */
  @ConfigurationProperties("rolecall.server")
  public record StsEndpoints(
      @Nullable Set<Partition> acceptPartitions,
      @Nullable List<String> acceptRegions,
      @DefaultValue List<String> alsoAcceptRegions,
      @DefaultValue("false") boolean acceptGlobalEndpoint,
      @DefaultValue List<CustomEndpoint> acceptCustomEndpoints,
      @Nullable Duration lookUpTimeout) {

    /** Copies the lists. */
    public StsEndpoints {
      acceptPartitions = acceptPartitions == null ? null : Set.copyOf(acceptPartitions);
      acceptRegions = acceptRegions == null ? null : List.copyOf(acceptRegions);
      alsoAcceptRegions = List.copyOf(alsoAcceptRegions);
      acceptCustomEndpoints = List.copyOf(acceptCustomEndpoints);
    }
  }

  /**
   * An STS endpoint of the operator's own.
   *
   * @param url Where it is: https://host[:port], or http on loopback. Required.
   * @param region The Region its requests are signed for.
   * @param partition The partition its callers are of.
   */
  public record CustomEndpoint(
      @Nullable URI url,
      @DefaultValue("us-east-1") String region,
      @DefaultValue("aws") Partition partition) {

    /** Checks that nothing is absent but the URL, which is missed by name. */
    public CustomEndpoint {
      requireNonNull(region, "region");
      requireNonNull(partition, "partition");
    }
  }

  /**
   * An account whose callers are accepted.
   *
   * @param partition the account's partition
   * @param account the account
   */
  public record TrustedAccount(Partition partition, AccountId account) {

    /** Checks that nothing is absent. */
    public TrustedAccount {
      requireNonNull(partition, "partition");
      requireNonNull(account, "account");
    }

    /**
     * Reads {@code 111122223333}, of the partition {@code aws}, or {@code aws-us-gov:111122223333}.
     *
     * @throws IllegalArgumentException if the text is neither
     */
    public static TrustedAccount valueOf(String text) {
      int colon = text.indexOf(':');
      return colon < 0
          ? new TrustedAccount(Partition.AWS, AccountId.parse(text))
          : new TrustedAccount(
              Partition.parse(text.substring(0, colon)),
              AccountId.parse(text.substring(colon + 1)));
    }
  }
}
