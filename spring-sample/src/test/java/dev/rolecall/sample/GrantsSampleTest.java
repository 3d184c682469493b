package dev.rolecall.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Duration;
import dev.rolecall.grants.v1.AccessServiceGrpc;
import dev.rolecall.grants.v1.AccessServiceGrpc.AccessServiceBlockingStub;
import dev.rolecall.grants.v1.RequestAccessRequest;
import dev.rolecall.grants.v1.RevokeGrantRequest;
import dev.rolecall.grants.v1.RevokeGrantResponse;
import dev.rolecall.identity.Partition;
import dev.rolecall.sample.api.CancelOrder;
import dev.rolecall.sample.api.OrdersGrpc;
import dev.rolecall.sample.api.OrdersGrpc.OrdersBlockingStub;
import dev.rolecall.sample.orders.OrdersApplication;
import dev.rolecall.service.AccessServer;
import dev.rolecall.service.store.sqlite.SqliteStore;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.tls.AttestedChannel;
import dev.rolecall.tls.AttestedTls;
import dev.rolecall.verifier.StsVerifier;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** The sample as {@code grants.yaml} has it: a server that follows a node of an access service. */
@Tag("attack")
class GrantsSampleTest {

  private static final String ROLE = "arn:aws:iam::111122223333:role/";

  private final StsEmulator sts = StsEmulator.start();
  private final EmulatedCredentials checkout = sts.addRole(ROLE + "checkout");
  private final Deque<Runnable> closing = new ArrayDeque<>();

  @TempDir private Path folder;
  private AccessServer node;
  private int access;

  @BeforeEach
  void serveAccess() throws IOException {
    Path rules =
        Files.writeString(
            folder.resolve("rules.yaml"),
            """
            rules:
              - permission: orders-admin
                requesters: [{role: "%1$scheckout"}]
                reviewers: [{role: "%1$ssecurity"}]
                max_duration: 1h
                break_glass: {max_duration: 30m, review_within: 24h}
            enforcers: ["%1$sorders-server"]
            """
                .formatted(ROLE));
    node =
        AccessServer.builder(rules, SqliteStore.in(folder.resolve("data")))
            .accept(verifier("access"))
            .start();
    closing.push(node::close);
    ServerBuilder<?> builder =
        AttestedTls.server("access")
            .credentialsProvider(Surroundings.provider(sts.addRole(ROLE + "access")))
            .endpoint(sts.endpoint(), Region.US_EAST_1)
            .newServerBuilder(0, node.guard());
    node.services().forEach(builder::addService);
    Server server = builder.build().start();
    closing.push(server::shutdownNow);
    closing.push(node::stop);
    access = server.getPort();
  }

  @AfterEach
  void close() {
    closing.forEach(Runnable::run);
    sts.close();
  }

  private StsVerifier verifier(String audience) {
    return StsVerifier.forAudience(audience)
        .acceptPartitions(Set.of())
        .acceptCustomEndpoint(sts.endpoint(), "us-east-1", Partition.AWS);
  }

  private int orders() {
    EmulatedCredentials role = sts.addRole(ROLE + "orders-server");
    ConfigurableApplicationContext orders =
        OrdersApplication.builder()
            .initializers(
                (GenericApplicationContext context) ->
                    context.registerBean(
                        AwsCredentialsProvider.class, () -> Surroundings.provider(role)))
            .run(
                "--logging.level.root=error",
                "--spring.config.name=grants",
                "--spring.grpc.server.port=0",
                "--rolecall.sts.endpoint=" + sts.endpoint(),
                // The channel as Boot 4.1 has it, and as Spring gRPC had it before.
                "--spring.grpc.client.channel.access.target=static://localhost:" + access,
                "--spring.grpc.client.channels.access.address=static://localhost:" + access);
    closing.push(orders::close);
    return orders.getBean(GrpcServerLifecycle.class).getPort();
  }

  /** A channel as the role that asks for access. */
  private ManagedChannel asCheckout(String audience, int port, String serverRole) {
    AttestedChannel end =
        AttestedTls.channel(audience)
            .credentialsProvider(Surroundings.provider(checkout))
            .endpoint(sts.endpoint(), Region.US_EAST_1)
            .verifier(verifier(audience))
            .expectServerRoles(ROLE + serverRole)
            .start();
    ManagedChannel channel = Grpc.newChannelBuilder("localhost:" + port, end.credentials()).build();
    closing.push(end::close);
    closing.push(channel::shutdownNow);
    return channel;
  }

  @Test
  void cancel_isAdmittedFromTheGrantToItsRevocation() {
    OrdersBlockingStub orders =
        OrdersGrpc.newBlockingStub(asCheckout("orders", orders(), "orders-server"));
    AccessServiceBlockingStub service =
        AccessServiceGrpc.newBlockingStub(asCheckout("access", access, "access"));
    await().untilAsserted(() -> assertThat(answer(orders)).startsWith("GRANT_REQUIRED"));

    String grant =
        service
            .requestAccess(
                RequestAccessRequest.newBuilder()
                    .setPermission("orders-admin")
                    .setDuration(Duration.newBuilder().setSeconds(600))
                    .setReason("a customer waits")
                    .setBreakGlass(true)
                    .build())
            .getGrantId();
    await()
        .untilAsserted(
            () -> assertThat(answer(orders)).isEqualTo("admitted: " + ROLE + "checkout"));
    RevokeGrantResponse revoked =
        service.revokeGrant(
            RevokeGrantRequest.newBuilder()
                .setGrantId(grant)
                .setReason("done")
                .setWait(Duration.newBuilder().setSeconds(60))
                .build());

    assertThat(revoked.getUnconfirmedCount()).isZero();
    assertThat(answer(orders)).startsWith("GRANT_REVOKED");
  }

  private static String answer(OrdersBlockingStub orders) {
    try {
      return "admitted: " + orders.cancel(CancelOrder.getDefaultInstance()).getAskedBy();
    } catch (StatusRuntimeException e) {
      return String.valueOf(e.getStatus().getDescription());
    }
  }
}
