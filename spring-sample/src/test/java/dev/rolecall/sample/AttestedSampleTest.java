package dev.rolecall.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rolecall.sample.api.CreateOrder;
import dev.rolecall.sample.api.GetOrder;
import dev.rolecall.sample.api.OrdersGrpc;
import dev.rolecall.sample.api.OrdersGrpc.OrdersBlockingStub;
import dev.rolecall.sample.checkout.Checkout;
import dev.rolecall.sample.orders.OrdersApplication;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.grpc.client.GrpcChannelFactory;

/** The sample with attested TLS: both applications prove their roles in the handshake. */
@Tag("attack")
class AttestedSampleTest {

  @TempDir private static Path folder;
  private static KeytoolCertificate tls;
  private static AttestedSurroundings sample;

  @BeforeAll
  static void start() {
    tls = KeytoolCertificate.generate(folder);
    sample = new AttestedSurroundings();
  }

  @AfterAll
  static void stop() {
    sample.close();
  }

  private static OrdersBlockingStub over(String channel) {
    return OrdersGrpc.newBlockingStub(
        sample.client.getBean(GrpcChannelFactory.class).createChannel(channel));
  }

  private static Status refused(Runnable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call::run).getStatus();
  }

  @Test
  void create_byTheRoleThatMay_isAdmittedWithNothingButProperties() {
    assertThat(sample.client.getBean(Checkout.class).order("tea").getAskedBy())
        .isEqualTo(AttestedSurroundings.CHECKOUT);
  }

  @Test
  void create_byARoleThatMayNot_isDeniedByPolicy() {
    assertThat(refused(() -> over("intern").create(CreateOrder.getDefaultInstance())).getCode())
        .isEqualTo(Status.Code.PERMISSION_DENIED);
  }

  @Test
  void create_atAServerOfAnotherRole_isNotSent() {
    Status status = refused(() -> over("elsewhere").create(CreateOrder.getDefaultInstance()));

    assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(status.getDescription()).contains(AttestedSurroundings.SERVER);
  }

  @Test
  void get_withoutCertificate_failsInTheHandshake() {
    assertThat(refused(() -> over("uncertified").get(GetOrder.getDefaultInstance())).getCode())
        .isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void get_withACallProof_isAdmittedWhereTheServerAcceptsThem() {
    assertThat(over("proofs").get(GetOrder.getDefaultInstance()).getAskedBy())
        .isEqualTo(AttestedSurroundings.CHECKOUT);
  }

  @Test
  void server_withAnSslBundleToo_doesNotStart() {
    assertThatThrownBy(
            () ->
                OrdersApplication.builder()
                    .run(
                        "--logging.level.root=off",
                        "--spring.grpc.server.port=0",
                        "--rolecall.server.attested-tls.enabled=true",
                        "--ORDERS_CERTIFICATE=" + tls.certificate(),
                        "--ORDERS_PRIVATE_KEY=" + tls.privateKey())
                    .close())
        .rootCause()
        .hasMessageStartingWith("rolecall.server.attested-tls.enabled: true, but ")
        .hasMessageContaining("spring.grpc.server.ssl.bundle");
  }
}
