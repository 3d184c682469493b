package dev.rolecall.tests.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.Fault;
import dev.rolecall.stsemulator.protocol.StsAction;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.EchoClient;
import dev.rolecall.tests.fixture.GuardedServer;
import dev.rolecall.tests.fixture.SeenRefusal;
import dev.rolecall.tests.fixture.ServerSetup;
import io.grpc.Status;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;

/** The sources of the client's AWS credentials, and the message of a call without any. */
final class ClientCredentialsTest {

  private static final String DEPLOYER = "arn:aws:iam::111122223333:role/tools/deployer";
  private static final String DEPLOYER_SESSIONS =
      "arn:aws:sts::111122223333:assumed-role/deployer/";

  @RegisterExtension final Bench bench = new Bench();

  private EmulatedCredentials checkout;
  private GuardedServer server;
  private EchoClient channel;

  @BeforeEach
  void start() {
    checkout = bench.role(Bench.CHECKOUT);
    server = bench.server().policy(PolicySource.fixed(ServerSetup.everythingFor(DEPLOYER))).start();
    channel = bench.client(server);
  }

  @Test
  void noCredentials_call_isUnauthenticatedAndSaysWhatWasTried() {
    SeenRefusal seen =
        channel
            .with(
                bench.closing(
                    IamCallCredentials.builder(Bench.AUDIENCE)
                        .credentialsProvider(SystemPropertyCredentialsProvider.create())
                        .endpoint(bench.sts().endpoint(), Bench.REGION)
                        .build()))
            .sayRefused();

    assertThat(seen.code()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(seen.description())
        .contains("no AWS credentials", "tried", SystemPropertyCredentialsProvider.class.getName());
    assertThat(server.arrived().availablePermits()).isZero();
  }

  @Test
  void closedCredentials_call_isUnauthenticated() {
    IamCallCredentials credentials = bench.signing(checkout);
    credentials.close();

    SeenRefusal seen = channel.with(credentials).sayRefused();

    assertThat(seen.code()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(seen.description()).contains("closed");
  }

  @Test
  void assumedRole_calls_areThatRolesAndAskForItOnce() {
    EmulatedCredentials unused = bench.role(DEPLOYER);
    EchoClient deployer = channel.with(assuming(DEPLOYER));

    assertThat(deployer.say("hello")).startsWith(DEPLOYER_SESSIONS + "rolecall-orders,");
    assertThat(deployer.say("again")).startsWith(DEPLOYER_SESSIONS);

    assertThat(bench.sts().requests().of(StsAction.ASSUME_ROLE)).isEqualTo(1);
    assertThat(bench.sts().requests().of(StsAction.GET_CALLER_IDENTITY)).isEqualTo(1);
  }

  @Test
  void assumedRole_denied_isUnauthenticatedAndSaysWhich() {
    SeenRefusal seen = channel.with(assuming("arn:aws:iam::111122223333:role/secret")).sayRefused();

    assertThat(seen.code()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(seen.description()).contains("role/secret", "AccessDenied");
    assertThat(server.arrived().availablePermits()).isZero();
  }

  @Test
  void assumedRole_throttled_isUnavailable() {
    EmulatedCredentials unused = bench.role(DEPLOYER);
    bench.sts().fail(Fault.throttled());

    SeenRefusal seen = channel.with(assuming(DEPLOYER)).sayRefused();

    assertThat(seen.code()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(seen.description()).contains("Throttling");
    assertThat(server.arrived().availablePermits()).isZero();
  }

  private IamCallCredentials assuming(String role) {
    return bench.closing(bench.signingOptions(checkout).assumeRole(role).build());
  }
}
