package dev.rolecall.benchmarks.fleet;

import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.client.ProofSource;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.Partition;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.proof.ProofBinding;
import dev.rolecall.verifier.StsVerifier;
import java.net.URI;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.regions.Region;

/** The caller and the service of all suites: the role {@code checkout} calls {@code orders}. */
public final class Orders {

  /** What servers are called. */
  public static final Audience AUDIENCE = Audience.of("orders");

  /** The role that may call everything. */
  public static final String CHECKOUT = "arn:aws:iam::111122223333:role/checkout";

  /** The Region everybody signs for. */
  public static final Region REGION = Region.US_EAST_1;

  private Orders() {}

  /** Lets {@link #CHECKOUT} call everything. */
  public static AccessPolicy policy() {
    return AccessPolicy.builder("orders")
        .allow("everything", List.of(RolePattern.parse(CHECKOUT)), Echo.ALL)
        .build();
  }

  /** A verifier that asks that STS and no other. */
  public static StsVerifier verifier(URI sts) {
    return StsVerifier.forAudience(AUDIENCE)
        .acceptPartitions(Set.of())
        .acceptCustomEndpoint(sts, REGION.id(), Partition.AWS);
  }

  /** Call credentials for that STS. */
  public static IamCallCredentials.Builder credentials(URI sts, CallerKeys keys) {
    return IamCallCredentials.builder(AUDIENCE)
        .credentialsProvider(keys.provider())
        .endpoint(sts, REGION);
  }

  /** Proofs for that STS, outside gRPC. */
  public static ProofSource.Builder proofs(URI sts, CallerKeys keys) {
    return ProofSource.builder(AUDIENCE).credentialsProvider(keys.provider()).endpoint(sts, REGION);
  }

  /** One bearer proof for that STS. */
  public static CallerProof bearerProof(URI sts, CallerKeys keys) {
    try (ProofSource source = proofs(sts, keys).build()) {
      return source.proof(ProofBinding.bearer(), Runnable::run).toCompletableFuture().join();
    }
  }
}
