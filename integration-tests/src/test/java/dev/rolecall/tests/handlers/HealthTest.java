package dev.rolecall.tests.handlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.policy.document.PolicyDocument;
import dev.rolecall.testing.RolecallExtension;
import dev.rolecall.tests.docs.orders.CreateOrder;
import dev.rolecall.tests.docs.orders.OrdersGrpc;
import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.services.HealthStatusManager;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The health service beside guarded services. */
@Timeout(120)
class HealthTest {

  @RegisterExtension final RolecallExtension rolecall = RolecallExtension.forAudience("orders");

  private static ServingStatus check(Channel channel) {
    return HealthGrpc.newBlockingStub(channel)
        .check(HealthCheckRequest.getDefaultInstance())
        .getStatus();
  }

  private Channel probes(int port) throws Exception {
    // region probes
    HealthStatusManager health = new HealthStatusManager();
    Server probes =
        Grpc.newServerBuilderForPort(port, InsecureServerCredentials.create())
            .addService(health.getHealthService())
            .build()
            .start();
    // endregion
    rolecall.closing(probes::shutdownNow);
    ManagedChannel channel =
        Grpc.newChannelBuilder("127.0.0.1:" + probes.getPort(), InsecureChannelCredentials.create())
            .build();
    rolecall.closing(channel::shutdownNow);
    return channel;
  }

  @Test
  void health_onAPortApart_needsNoProof_andHasNoOtherService() throws Exception {
    Channel probes = probes(0);

    assertThat(check(probes)).isEqualTo(ServingStatus.SERVING);
    assertThatThrownBy(
            () -> OrdersGrpc.newBlockingStub(probes).create(CreateOrder.getDefaultInstance()))
        .hasMessageContaining("UNIMPLEMENTED");
  }

  @Test
  void health_thatThePolicyMakesPublic_needsNoProof_andTheRestDoes() throws Exception {
    Shop shop = new Shop(rolecall);
    Path policy =
        Path.of(Objects.requireNonNull(HealthTest.class.getResource("health.yaml")).toURI());
    Channel channel =
        shop.serve(
            (ServerBuilder<?> builder) ->
                builder
                    .addService(new HealthStatusManager().getHealthService())
                    .addService(new ShopOrders())
                    .intercept(rolecall.guard(PolicyDocument.load(policy))));

    assertThat(check(channel)).isEqualTo(ServingStatus.SERVING);
    assertThat(Shop.askedBy(shop.checkout(channel), "tea")).isEqualTo(Shop.CHECKOUT);
    assertThatThrownBy(
            () -> OrdersGrpc.newBlockingStub(channel).create(CreateOrder.getDefaultInstance()))
        .hasMessageContaining("CREDENTIAL_MISSING");
  }
}
