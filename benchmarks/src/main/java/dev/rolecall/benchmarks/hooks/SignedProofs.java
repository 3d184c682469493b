package dev.rolecall.benchmarks.hooks;

import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.client.ProofSource;
import dev.rolecall.identity.Audience;
import dev.rolecall.proof.ProofBinding;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.ResolveIdentityRequest;
import software.amazon.awssdk.regions.Region;

/** Proofs of some 900 characters, as a role's session makes them; their keys mean nothing. */
final class SignedProofs {

  static final String AUDIENCE = "orders.example.com";

  /** With what else is in a proof this makes about 900 characters. */
  private static final int SESSION_TOKEN_LENGTH = 644;

  private SignedProofs() {}

  /** The text of a proof. */
  static String text() {
    try (ProofSource source = source()) {
      return source.proof(ProofBinding.bearer(), Runnable::run).toCompletableFuture().join().text();
    }
  }

  /** A source of them. */
  static ProofSource source() {
    return ProofSource.builder(Audience.of(AUDIENCE))
        .credentialsProvider(new Session())
        .region(Region.EU_WEST_1)
        .build();
  }

  /** Call credentials that send one. */
  static IamCallCredentials credentials() {
    return IamCallCredentials.builder(AUDIENCE)
        .credentialsProvider(new Session())
        .region(Region.EU_WEST_1)
        .build();
  }

  private static final class Session implements IdentityProvider<AwsSessionCredentialsIdentity> {

    private final AwsSessionCredentialsIdentity identity =
        AwsSessionCredentialsIdentity.create(
            "ASIABENCHMARKBENCHMA",
            "benchmark/benchmark/benchmark/benchmark0",
            "Fw".repeat(SESSION_TOKEN_LENGTH / 2));

    @Override
    public Class<AwsSessionCredentialsIdentity> identityType() {
      return AwsSessionCredentialsIdentity.class;
    }

    @Override
    public CompletableFuture<AwsSessionCredentialsIdentity> resolveIdentity(
        ResolveIdentityRequest request) {
      return CompletableFuture.completedFuture(identity);
    }
  }
}
