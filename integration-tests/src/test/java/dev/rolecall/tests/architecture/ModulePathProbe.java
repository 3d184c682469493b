package dev.rolecall.tests.architecture;

import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.client.ProofSource;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.Partition;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.proof.ProofBinding;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.verifier.StsVerifier;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** The program that {@link ModulePathTest} runs with the published modules on the module path. */
final class ModulePathProbe {

  private ModulePathProbe() {}

  /** Verifies one proof, and says who made it and in which modules that was done. */
  public static void main(String[] args) {
    Audience orders = Audience.of("orders");
    try (StsEmulator sts = StsEmulator.start();
        ProofSource client =
            ProofSource.builder(orders)
                .credentialsProvider(
                    provider(sts.addRole("arn:aws:iam::111122223333:role/checkout")))
                .endpoint(sts.endpoint(), Region.EU_WEST_1)
                .build();
        CallGuard guard =
            CallGuard.builder(PolicySource.fixed(policy())).accept(scheme(orders, sts)).build()) {
      String proof =
          client.proof(ProofBinding.bearer(), Runnable::run).toCompletableFuture().join().text();
      String outcome =
          guard
              .access()
              .lookup()
              .find(Credential.bearer(proof), Connection.withoutTls("127.0.0.1"))
              .join()
              .fold(
                  verified -> verified.caller().principal().text(),
                  refused -> refused.reason().name(),
                  unavailable -> unavailable.reason().name());
      System.out.println("caller " + outcome);
      System.out.println(
          Stream.of(orders, client, policy(), sts, guard, guard.access(), scheme(orders, sts))
              .map(each -> String.valueOf(each.getClass().getModule().getName()))
              .collect(Collectors.joining(" ", "modules ", "")));
    }
  }

  private static StsVerifier scheme(Audience orders, StsEmulator sts) {
    return StsVerifier.forAudience(orders)
        .acceptCustomEndpoint(sts.endpoint(), "eu-west-1", Partition.AWS)
        .lookUpTimeout(Duration.ofSeconds(30));
  }

  private static AccessPolicy policy() {
    return AccessPolicy.builder("orders")
        .allow(RolePattern.parse("arn:aws:iam::111122223333:role/checkout"), "/orders.v1.Orders/*")
        .build();
  }

  private static StaticCredentialsProvider provider(EmulatedCredentials role) {
    return StaticCredentialsProvider.create(
        AwsSessionCredentials.create(
            role.accessKeyId(), role.secretAccessKey(), role.sessionToken().orElseThrow()));
  }
}
