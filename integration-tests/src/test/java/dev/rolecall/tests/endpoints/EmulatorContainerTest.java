package dev.rolecall.tests.endpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.guard.CurrentCaller;
import dev.rolecall.identity.Partition;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.stsemulator.EmulatedPrincipal;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.testing.RolecallExtension;
import dev.rolecall.testsupport.Echo;
import dev.rolecall.testsupport.EchoService;
import dev.rolecall.verifier.StsVerifier;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.stub.ClientCalls;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.PullPolicy;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** The emulator outside of the test's process, with credentials that both sides know. */
@Timeout(300)
class EmulatorContainerTest {

  private static final DockerImageName IMAGE = DockerImageName.parse("rolecall-sts");
  private static final String HOW_TO_GET_IT =
      "docker build --file deploy/Dockerfile --target sts --tag rolecall-sts .";

  private static final String CHECKOUT = "arn:aws:iam::111122223333:role/checkout";
  private static final AwsSessionCredentials SESSION =
      AwsSessionCredentials.create(
          "ASIAEXAMPLE0000000001",
          "secret-of-a-container-for-tests",
          "token-of-a-container-for-tests");

  // region roles
  private static final String ROLES =
      """
      roles:
        - arn: arn:aws:iam::111122223333:role/checkout
          accessKeyId: ASIAEXAMPLE0000000001
          secretAccessKey: secret-of-a-container-for-tests
          sessionToken: token-of-a-container-for-tests
      """;

  // endregion

  /** Closes what the test makes; its own emulator is not asked. */
  @RegisterExtension final RolecallExtension rolecall = RolecallExtension.forAudience("orders");

  @Test
  void emulator_inAContainer_knowsTheCallers() {
    assumeTrue(
        DockerEngine.answers(),
        "no container engine answers: start Docker to try the emulator's image");
    assumeTrue(
        !PullPolicy.defaultPolicy().shouldPull(IMAGE),
        "the emulator's image is not on this machine: " + HOW_TO_GET_IT);
    // region container
    GenericContainer<?> sts =
        new GenericContainer<>(IMAGE)
            .withCopyToContainer(Transferable.of(ROLES), "/tmp/roles.yaml")
            .withCommand("sts", "--listen", "0.0.0.0", "--roles", "/tmp/roles.yaml")
            .withExposedPorts(4570)
            .waitingFor(Wait.forLogMessage("sts emulator on .*", 1));
    sts.start();
    URI endpoint = URI.create("http://localhost:" + sts.getMappedPort(4570));
    // endregion
    rolecall.closing(sts);

    assertGuarded(endpoint);
  }

  /** The same lines without a container, so that they run everywhere. */
  @Test
  void emulator_apartFromTheExtension_knowsTheCallers() {
    StsEmulator sts = rolecall.closing(StsEmulator.start());
    sts.add(
        EmulatedPrincipal.builder(CHECKOUT)
            .accessKeyId(SESSION.accessKeyId())
            .secretAccessKey(SESSION.secretAccessKey())
            .sessionToken(SESSION.sessionToken())
            .build());

    assertGuarded(sts.endpoint());
    assertThat(sts.requests().total()).isPositive();
  }

  private void assertGuarded(URI endpoint) {
    AccessPolicy policy =
        AccessPolicy.builder("echo").allow(PrincipalPattern.parse(CHECKOUT), Echo.ALL).build();
    // region ends
    StsVerifier verifier =
        StsVerifier.forAudience("orders")
            .acceptPartitions(Set.of())
            .acceptCustomEndpoint(endpoint, "us-east-1", Partition.AWS);
    IamCallCredentials checkout =
        IamCallCredentials.builder("orders")
            .credentialsProvider(StaticCredentialsProvider.create(SESSION))
            .endpoint(endpoint, Region.US_EAST_1)
            .build();
    // endregion
    rolecall.closing(checkout);
    CallGuard guard =
        rolecall.closing(CallGuard.builder(PolicySource.fixed(policy)).accept(verifier).build());
    Channel channel = rolecall.serve(guard, new EchoService(Runnable::run, this::caller));

    assertThat(say(channel, CallOptions.DEFAULT.withCallCredentials(checkout))).contains(CHECKOUT);
    assertThatThrownBy(() -> say(channel, CallOptions.DEFAULT))
        .hasMessageContaining("CREDENTIAL_MISSING");
  }

  private String caller() {
    return CurrentCaller.find().map(each -> each.principal().text()).orElse("-");
  }

  private static String say(Channel channel, CallOptions options) {
    return ClientCalls.blockingUnaryCall(channel, Echo.SAY, options, "hello");
  }
}
