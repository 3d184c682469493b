package dev.rolecall.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.document.PolicyFile;
import dev.rolecall.policy.document.ReloadResult;
import dev.rolecall.sample.api.CancelOrder;
import dev.rolecall.sample.api.CreateOrder;
import dev.rolecall.sample.api.GetOrder;
import dev.rolecall.sample.api.Order;
import dev.rolecall.sample.api.OrdersGrpc;
import dev.rolecall.sample.api.OrdersGrpc.OrdersBlockingStub;
import dev.rolecall.sample.checkout.Checkout;
import io.grpc.CallOptions;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.grpc.client.GrpcChannelFactory;

/** The sample admits and refuses over the wire: TLS, two Spring contexts, an emulated STS. */
@Tag("attack")
class SpringSampleTest {

  private static final AtomicInteger ADMITTED = new AtomicInteger();
  private static final AtomicInteger REFUSED = new AtomicInteger();

  @TempDir private static Path folder;
  private static Path policy;
  private static Surroundings sample;

  @BeforeAll
  static void start() throws IOException {
    policy = folder.resolve("policy.yaml");
    Files.copy(Path.of("src/main/resources/orders-policy.yaml"), policy);
    sample = new Surroundings(folder, policy);
  }

  @AfterAll
  static void stop() {
    sample.close();
    System.out.println(
        "spring sample: "
            + ADMITTED
            + " calls admitted, "
            + REFUSED
            + " refused, STS asked "
            + sample.sts.requests().total()
            + " times");
  }

  private static OrdersBlockingStub over(String channel) {
    return OrdersGrpc.newBlockingStub(
        sample.client.getBean(GrpcChannelFactory.class).createChannel(channel));
  }

  private static Order admitted(Supplier<Order> call) {
    Order order = call.get();
    ADMITTED.incrementAndGet();
    return order;
  }

  private static Status refused(Supplier<?> call) {
    StatusRuntimeException refusal = catchThrowableOfType(StatusRuntimeException.class, call::get);
    REFUSED.incrementAndGet();
    return refusal.getStatus();
  }

  @Test
  void create_byTheRoleThatMay_isAdmittedWithNothingButProperties() {
    Order order = admitted(() -> sample.client.getBean(Checkout.class).order("tea"));

    assertThat(order.getItem()).isEqualTo("tea");
    assertThat(order.getAskedBy()).isEqualTo(Surroundings.CHECKOUT);
  }

  @Test
  void create_byARoleThatMayNot_isDeniedByPolicy() {
    Status status = refused(() -> over("intern").create(CreateOrder.getDefaultInstance()));

    assertThat(status.getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(status.getDescription())
        .isEqualTo("METHOD_NOT_ALLOWED: the caller may not call this method");
  }

  @Test
  void create_byNobody_isUnauthenticated() {
    Status status = refused(() -> over("nobody").create(CreateOrder.getDefaultInstance()));

    assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
  }

  @Test
  void get_byTheOtherRole_isAdmitted() {
    assertThat(admitted(() -> over("intern").get(GetOrder.getDefaultInstance())).getAskedBy())
        .isEqualTo(Surroundings.INTERN);
  }

  @Test
  void cancel_allowedByPolicyButNotByPreAuthorize_isDenied() {
    Status status = refused(() -> over("intern").cancel(CancelOrder.getDefaultInstance()));

    assertThat(status.getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(status.getDescription()).isEqualToIgnoringCase("access denied");
  }

  @Test
  void cancel_byTheRoleThatPreAuthorizeNames_isAdmitted() {
    assertThat(admitted(() -> over("orders").cancel(CancelOrder.getDefaultInstance())).getAskedBy())
        .isEqualTo(Surroundings.CHECKOUT);
  }

  /** A service that Boot adds, not the application. */
  @Test
  void reflection_whichNoRuleNames_isClosed() {
    Status status = refused(() -> reflected("nobody"));
    Status ofARole = refused(() -> reflected("orders"));

    assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(ofARole.getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
  }

  private static ServerReflectionResponse reflected(String channel) {
    return ClientCalls.blockingServerStreamingCall(
            over(channel).getChannel(),
            ServerReflectionGrpc.getServerReflectionInfoMethod(),
            CallOptions.DEFAULT,
            ServerReflectionRequest.getDefaultInstance())
        .next();
  }

  @Test
  void policyFile_replaced_isInForceWithoutARestart() throws Exception {
    PolicySource policies = sample.server.getBean(PolicySource.class);
    CountDownLatch reloaded = new CountDownLatch(1);
    String before = Files.readString(policy);
    Path next = folder.resolve("next.yaml");
    Files.writeString(
        next,
        before.replace(
            "role/checkout\"", "role/checkout\", \"arn:aws:iam::111122223333:role/intern\""));

    PolicySource.Registration told = policies.onChange(reloaded::countDown);
    Files.move(next, policy, StandardCopyOption.ATOMIC_MOVE);
    assertThat(reloaded.await(2, TimeUnit.MINUTES)).isTrue();
    told.close();
    Order order = admitted(() -> over("intern").create(CreateOrder.getDefaultInstance()));
    Files.writeString(policy, before);
    // Unchanged where the periodic look came first.
    assertThat(((PolicyFile) policies).reloadNow()).isNotInstanceOf(ReloadResult.Rejected.class);

    assertThat(order.getAskedBy()).isEqualTo(Surroundings.INTERN);
    assertThat(refused(() -> over("intern").create(CreateOrder.getDefaultInstance())).getCode())
        .isEqualTo(Status.Code.PERMISSION_DENIED);
  }
}
