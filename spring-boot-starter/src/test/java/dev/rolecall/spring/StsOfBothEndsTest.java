package dev.rolecall.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.CallerVerifier;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.Reading;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.client.ProofSource;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.proof.ProofBinding;
import java.net.URI;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** The STS endpoints that a server accepts, as far as it can tell without asking one. */
@Tag("attack")
class StsOfBothEndsTest {

  private static final String VPC = "https://vpce-1.sts.eu-west-1.vpce.amazonaws.com";

  private final ApplicationContextRunner server =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(RolecallServerAutoConfiguration.class))
          .withPropertyValues("rolecall.server.audience=orders");

  private static boolean isRefusedUnasked(Scheme scheme, String endpoint, String region)
      throws Exception {
    try (ProofSource proofs =
            ProofSource.builder(Audience.of("orders"))
                .credentialsProvider(
                    StaticCredentialsProvider.create(
                        AwsSessionCredentials.create("ASIAIOSFODNN7EXAMPLE", "secret", "token")))
                .endpoint(URI.create(endpoint), Region.of(region))
                .build();
        AccessRuntime runtime = AccessRuntime.ofDefaults();
        CallerVerifier verifier = scheme.verifier(runtime)) {
      String proof =
          proofs.proof(ProofBinding.bearer(), Runnable::run).toCompletableFuture().join().text();
      Reading reading = verifier.read(Credential.bearer(proof), Connection.withoutTls("client"));
      return reading instanceof Reading.Settled settled
          && settled.verification() instanceof Verification.Refused refused
          && refused.reason() == RefusalReason.ISSUER_NOT_ALLOWED;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
                                                                     | https://sts.eu-west-1.amazonaws.com | true
          rolecall.sts.endpoint=VPC                                  | VPC                                 | true
          rolecall.sts.endpoint=VPC                                  | https://sts.eu-west-1.amazonaws.com | false
          rolecall.sts.endpoint=VPC rolecall.server.accept-partitions=aws | https://sts.eu-west-1.amazonaws.com | true
          rolecall.sts.endpoint=VPC rolecall.server.accept-regions=eu-west-1 | https://sts.eu-west-1.amazonaws.com | true
          rolecall.sts.endpoint=VPC rolecall.server.accept-regions=eu-west-1 | https://sts.us-east-1.amazonaws.com | false
          rolecall.sts.endpoint=VPC rolecall.server.also-accept-regions=eu-west-9 | VPC                       | true
          rolecall.server.accept-custom-endpoints[0].endpoint=VPC rolecall.server.accept-custom-endpoints[0].region=eu-west-1 | https://sts.eu-west-1.amazonaws.com | true
          """)
  void endpoint_isAcceptedAsThePropertiesSay(String properties, String endpoint, boolean accepted) {
    String url = endpoint.replace("VPC", VPC);
    String region = url.contains("us-east-1") ? "us-east-1" : "eu-west-1";
    server
        .withPropertyValues(
            Stream.concat(
                    Stream.of("rolecall.server.stream-grace=1m"),
                    properties == null
                        ? Stream.empty()
                        : Arrays.stream(properties.replace("VPC", VPC).split(" ")))
                .toArray(String[]::new))
        .withPropertyValues(
            properties != null && properties.contains("rolecall.sts")
                ? new String[] {"rolecall.sts.region=eu-west-1"}
                : new String[0])
        .run(
            context ->
                assertThat(isRefusedUnasked(context.getBean(Scheme.class), url, region))
                    .isEqualTo(!accepted));
  }
}
