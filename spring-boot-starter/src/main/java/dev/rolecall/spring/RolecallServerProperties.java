package dev.rolecall.spring;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.identity.AccountId;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.identity.Partition;
import dev.rolecall.spring.RolecallClientProperties.OwnSts;
import dev.rolecall.spring.internal.setting.Setting;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code rolecall.server.*}: how this application's gRPC servers are guarded. Each
 * is named as the option of {@link dev.rolecall.verifier.StsVerifier} or {@link
 * dev.rolecall.guard.CallGuardBuilder} it sets, where its bounds and default are; further options
 * are set by a {@link VerifierCustomizer} or {@link GuardCustomizer}. Immutable.
 *
 * <p>Those of the scheme are in {@link AcceptedProofs} and {@link StsEndpoints}, under the same
 * prefix; those of the transport are in {@link AttestedTls}. Each record is bound without the
 * others' properties, so the starter itself finds unknown names, and not the binding.
 *
 * @param audience The name that callers know this server by. Required, unless a Scheme bean takes
 *     the place of the starter's.
 * @param policy The policy's files and folders: paths, or classpath:orders.yaml. Paths are
 *     followed, and all of them are one policy. Required, unless a PolicySource bean takes their
 *     place.
 * @param policyPeriod The time between two checks of those files.
 * @param streamGrace How long a call may outlive its caller's proof. Default: 5m.
 * @param audit Which decisions are recorded.
 * @param unsafeServeWithoutGuard Whether servers run without a guard, open to everyone.
 */
@ConfigurationProperties("rolecall.server")
public record RolecallServerProperties(
    @Nullable Audience audience,
    @Nullable List<String> policy,
    @DefaultValue("5s") Duration policyPeriod,
    @Nullable Duration streamGrace,
    @DefaultValue Audit audit,
    @DefaultValue("false") boolean unsafeServeWithoutGuard) {

  /** Copies the list, and checks that what has a default is there. */
  public RolecallServerProperties {
    policy = policy == null ? null : List.copyOf(policy);
    requireNonNull(policyPeriod, "policyPeriod");
    requireNonNull(audit, "audit");
  }

  /** The name of this server, which must be set. */
  Audience name() {
    return Setting.ofServer("audience")
        .required(
            audience,
            "the name this server is known by to its callers, such as orders; or, for servers open"
                + " to everyone, rolecall.server.unsafe-serve-without-guard=true");
  }

  /**
   * The decisions that are recorded, and where.
   *
   * @param condition Which decisions are recorded. Default: on-deny.
   * @param file The file that records are appended to, one JSON object a line. Default: the logger
   *     rolecall.audit.
   */
  public record Audit(@Nullable AuditCondition condition, @Nullable String file) {}

  /**
   * The loosening of a migration: calls are admitted and recorded instead of refused. A warning is
   * logged at the start and each hour.
   *
   * @param admitAndRecordInsteadOfRefusing Whether every call is admitted. Nothing is protected
   *     while it is.
   * @param admitAndRecordInsteadOfRefusingMethods The methods whose calls are all admitted. Each as
   *     a policy names it, such as /orders.v1.Orders/*.
   */
  @ConfigurationProperties("rolecall.server")
  public record Migration(
      @DefaultValue("false") boolean admitAndRecordInsteadOfRefusing,
      @Nullable List<String> admitAndRecordInsteadOfRefusingMethods) {

    /** Copies the list. */
    public Migration {
      admitAndRecordInsteadOfRefusingMethods =
          admitAndRecordInsteadOfRefusingMethods == null
              ? null
              : List.copyOf(admitAndRecordInsteadOfRefusingMethods);
    }
  }

  /**
   * The proofs that are accepted, and whose.
   *
   * @param requireChannelBinding Whether proofs must be bound to this server's certificate.
   * @param acceptEksTokens Whether EKS tokens are accepted as proofs. No cluster may then have the
   *     audience's name.
   * @param acceptBalancerCertificates The hashes of load balancers' certificates. Each is of the
   *     leaf certificate of a load balancer that ends TLS before this server.
   * @param trustAccounts The only accounts whose callers are accepted. Each as 111122223333 or
   *     aws-us-gov:111122223333; at least one. Default: all.
   * @param maxProofAge How old a proof may be. Default: 15m.
   * @param maxClockSkew How far ahead of this server's clock a proof may be. Default: 1m.
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
   * @param acceptPartitions The partitions whose STS endpoints are accepted. An empty value accepts
   *     custom endpoints alone. Default: aws; none with rolecall.sts.endpoint.
   * @param acceptRegions The only Regions whose STS endpoints are accepted. At least one. Default:
   *     all of the accepted partitions.
   * @param alsoAcceptRegions Further accepted Regions. The AWS SDK in use need not know them yet.
   * @param acceptGlobalEndpoint Whether proofs for sts.amazonaws.com are accepted.
   * @param acceptCustomEndpoints Further accepted STS endpoints. For callers that sign for another
   *     custom endpoint than rolecall.sts.endpoint.
   * @param lookUpTimeout How long a look-up at STS may take with its retries. Default: 5s.
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
   * A custom STS endpoint: a VPC endpoint, or an emulator.
   *
   * @param endpoint Its URL, as https://host[:port], or http on loopback. Required.
   * @param region The Region that its requests are signed for. Default: us-east-1.
   * @param partition The partition its callers are of. Default: aws.
   */
  public record CustomEndpoint(
      @Nullable URI endpoint, @Nullable String region, @Nullable Partition partition) {

    /** The endpoint that the property of that name has. */
    CustomSts at(Setting element) {
      return CustomSts.of(element.sub("endpoint"), endpoint, region, partition);
    }
  }

  /**
   * Attested TLS: this server proves its role in each TLS handshake, and so do its callers.
   *
   * @param enabled Whether servers prove their role by attested TLS.
   * @param acceptCallProofsFromClientsWithoutCertificate Whether such clients may send call proofs.
   *     Each of their calls then needs one.
   * @param hostNames The DNS names in this server's certificates. For clients that require one; at
   *     most 8.
   * @param maxConnectionAge The longest life of a connection. 1s to 4m. Default: 4m.
   * @param assumeRole The ARN of a role to assume first and attest.
   * @param sts The STS that clients are to ask, where it is another than that of both ends.
   */
  @ConfigurationProperties("rolecall.server.attested-tls")
  public record AttestedTls(
      @DefaultValue("false") boolean enabled,
      @DefaultValue("false") boolean acceptCallProofsFromClientsWithoutCertificate,
      @DefaultValue List<String> hostNames,
      @Nullable Duration maxConnectionAge,
      @Nullable String assumeRole,
      @NestedConfigurationProperty @Nullable OwnSts sts) {

    /** Copies the list. */
    public AttestedTls {
      hostNames = List.copyOf(hostNames);
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
