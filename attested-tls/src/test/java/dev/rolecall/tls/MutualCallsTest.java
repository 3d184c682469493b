package dev.rolecall.tls;

import static dev.rolecall.tls.Surroundings.CHECKOUT;
import static dev.rolecall.tls.Surroundings.INTERN;
import static dev.rolecall.tls.Surroundings.ORDERS_SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.Evidence;
import io.grpc.Status;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two ends, two roles, no certificate authority. */
@Tag("attack")
final class MutualCallsTest {

  @RegisterExtension final Surroundings around = new Surroundings();

  @ParameterizedTest
  @EnumSource
  void call_betweenTwoRoles_isKnownByTheConnection(TlsProvider provider) {
    RunningServer server = around.start(provider, around.server(ORDERS_SERVER));
    TestCaller caller = around.caller(provider, around.client(CHECKOUT), server);

    assertThat(caller.greet()).isEqualTo(CHECKOUT + " by PEER_CERTIFICATE");
    assertThat(caller.greet()).isEqualTo(CHECKOUT + " by PEER_CERTIFICATE");

    assertThat(around.asked()).as("one question for each certificate").isEqualTo(2);
    assertThat(server.audits())
        .hasSize(2)
        .allSatisfy(
            record ->
                assertThat(record.caller().orElseThrow().evidence().carrier())
                    .isEqualTo(Evidence.Carrier.PEER_CERTIFICATE));
  }

  @ParameterizedTest
  @EnumSource
  void call_toAServerOfAnotherRole_isRefusedAndNothingIsSent(TlsProvider provider) {
    RunningServer server = around.start(provider, around.server(INTERN));
    TestCaller caller = around.caller(provider, around.client(CHECKOUT), server);

    Status status = caller.refused();

    assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(status.getDescription()).contains(INTERN).contains(ORDERS_SERVER);
    assertThat(server.streams()).isZero();
    assertThat(server.connections()).isOne();
  }

  @ParameterizedTest
  @EnumSource
  void call_byARoleThatThePolicyDoesNotName_isDenied(TlsProvider provider) {
    RunningServer server = around.start(provider, around.server(ORDERS_SERVER));
    TestCaller caller = around.caller(provider, around.client(INTERN), server);

    assertThat(caller.refused().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(server.handled()).isZero();
  }
}
