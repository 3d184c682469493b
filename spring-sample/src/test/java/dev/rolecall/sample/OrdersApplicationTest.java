package dev.rolecall.sample;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rolecall.sample.api.CancelOrder;
import dev.rolecall.sample.api.CreateOrder;
import dev.rolecall.sample.api.OrdersGrpc;
import dev.rolecall.sample.api.OrdersGrpc.OrdersBlockingStub;
import dev.rolecall.sample.orders.OrdersApplication;
import dev.rolecall.testing.RolecallExtension;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The server's own test, as a user of Spring Boot and rolecall-testing writes it. */
@SpringBootTest(
    classes = OrdersApplication.class,
    properties = {"spring.config.name=orders", "spring.grpc.server.port=0"})
class OrdersApplicationTest {

  private static final String CHECKOUT = "arn:aws:iam::111122223333:role/checkout";
  private static final String INTERN = "arn:aws:iam::111122223333:role/intern";

  @TempDir private static Path folder;
  private static KeytoolCertificate tls;

  @RegisterExtension
  static final RolecallExtension rolecall = RolecallExtension.forAudience("orders");

  @BeforeAll
  static void makeCertificate() {
    tls = KeytoolCertificate.generate(folder);
  }

  @DynamicPropertySource
  static void certificate(DynamicPropertyRegistry registry) {
    registry.add("ORDERS_CERTIFICATE", () -> tls.certificate());
    registry.add("ORDERS_PRIVATE_KEY", () -> tls.privateKey());
  }

  @Autowired private GrpcServerLifecycle server;
  private ManagedChannel channel;
  private OrdersBlockingStub orders;

  @BeforeEach
  void connect() throws IOException {
    channel =
        Grpc.newChannelBuilder(
                "localhost:" + server.getPort(),
                TlsChannelCredentials.newBuilder()
                    .trustManager(new ByteArrayInputStream(tls.certificate().getBytes(UTF_8)))
                    .build())
            .build();
    orders = OrdersGrpc.newBlockingStub(channel);
  }

  @AfterEach
  void disconnect() {
    channel.shutdownNow();
  }

  @Test
  void create_byCheckout_isAdmitted() {
    OrdersBlockingStub checkout = orders.withCallCredentials(rolecall.as(CHECKOUT));

    assertThat(checkout.create(CreateOrder.newBuilder().setItem("tea").build()).getAskedBy())
        .isEqualTo(CHECKOUT);
  }

  @Test
  void create_anHourLaterByTheTestsClock_isAdmittedByTheApplications() {
    OrdersBlockingStub checkout = orders.withCallCredentials(rolecall.as(CHECKOUT));

    rolecall.clock().advance(Duration.ofHours(1));

    assertThat(checkout.create(CreateOrder.getDefaultInstance()).getAskedBy()).isEqualTo(CHECKOUT);
  }

  /** Grants, and locks, are those of the extension. */
  @Test
  void create_byALockedCaller_isDenied() {
    OrdersBlockingStub checkout = orders.withCallCredentials(rolecall.as(CHECKOUT));

    rolecall.grants().lock(CHECKOUT);
    StatusRuntimeException denied =
        catchThrowableOfType(
            StatusRuntimeException.class, () -> checkout.create(CreateOrder.getDefaultInstance()));
    rolecall.grants().unlockAll();

    assertThat(denied.getStatus().getDescription()).startsWith("CALLER_LOCKED");
    assertThat(checkout.create(CreateOrder.getDefaultInstance()).getAskedBy()).isEqualTo(CHECKOUT);
  }

  @Test
  void create_byAnotherRole_isDenied() {
    OrdersBlockingStub intern = orders.withCallCredentials(rolecall.as(INTERN));

    StatusRuntimeException denied =
        catchThrowableOfType(
            StatusRuntimeException.class, () -> intern.create(CreateOrder.getDefaultInstance()));

    assertThat(denied.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
  }

  @Test
  void cancel_byCheckout_passesMethodSecurityToo() {
    OrdersBlockingStub checkout = orders.withCallCredentials(rolecall.as(CHECKOUT));

    assertThat(checkout.cancel(CancelOrder.getDefaultInstance()).getAskedBy()).isEqualTo(CHECKOUT);
  }
}
