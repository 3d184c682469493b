package dev.rolecall.protopolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rolecall.guard.CurrentCaller;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.protopolicy.orders.Answer;
import dev.rolecall.protopolicy.orders.OrdersGrpc;
import dev.rolecall.protopolicy.orders.OrdersGrpc.OrdersBlockingStub;
import dev.rolecall.protopolicy.orders.RepairsGrpc;
import dev.rolecall.protopolicy.orders.RepairsGrpc.RepairsBlockingStub;
import dev.rolecall.protopolicy.orders.Request;
import dev.rolecall.testing.RolecallExtension;
import dev.rolecall.testing.TestGrant;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server whose .proto file says who may call it, called over the wire. */
@Timeout(600)
final class GuardedByOptionsTest {

  private static final String CHECKOUT = "arn:aws:iam::111122223333:role/checkout";
  private static final String REPORTING = "arn:aws:iam::111122223333:role/reporting";
  private static final String STRANGER = "arn:aws:iam::999988887777:role/checkout";
  private static final Request REQUEST = Request.getDefaultInstance();

  @RegisterExtension
  private final RolecallExtension rolecall = RolecallExtension.forAudience("orders");

  private final AccessPolicy stated = ProtoPolicy.of("orders", OrdersGrpc.getServiceDescriptor());

  @Test
  void calls_areAdmittedAsTheProtoFileSays() throws Exception {
    ManagedChannel channel = channel(PolicySource.fixed(stated));
    OrdersBlockingStub checkout = as(CHECKOUT, channel);
    OrdersBlockingStub reporting = as(REPORTING, channel);
    OrdersBlockingStub stranger = as(STRANGER, channel);

    assertThat(checkout.create(REQUEST).getCaller()).isEqualTo(CHECKOUT);
    assertThat(reporting.get(REQUEST).getCaller()).isEqualTo(REPORTING);
    assertDenied(() -> reporting.create(REQUEST));
    assertDenied(() -> stranger.create(REQUEST));
    assertDenied(() -> stranger.get(REQUEST));
  }

  @Test
  void calls_underANarrowerPolicy_needBoth() throws Exception {
    AccessPolicy narrow =
        AccessPolicy.builder("narrow")
            .allow(RolePattern.parse(CHECKOUT), "/orders.v1.Orders/Create")
            .allow(RolePattern.parse(REPORTING), "/orders.v1.Orders/Cancel")
            .build();
    ManagedChannel channel =
        channel(PolicySource.fixed(stated).narrowedBy(PolicySource.fixed(narrow)));
    OrdersBlockingStub checkout = as(CHECKOUT, channel);
    OrdersBlockingStub reporting = as(REPORTING, channel);

    assertThat(checkout.create(REQUEST).getCaller()).isEqualTo(CHECKOUT);
    assertDenied(() -> checkout.cancel(REQUEST));
    assertDenied(() -> reporting.cancel(REQUEST));
    assertDenied(() -> reporting.get(REQUEST));
  }

  @Test
  void calls_thatNeedAGrant_areAdmittedWhileItIsHeld() throws Exception {
    ManagedChannel channel =
        channel(PolicySource.fixed(ProtoPolicy.of("repairs", RepairsGrpc.getServiceDescriptor())));
    RepairsBlockingStub checkout =
        RepairsGrpc.newBlockingStub(channel).withCallCredentials(rolecall.as(CHECKOUT));

    assertDenied(() -> checkout.rebuild(REQUEST), "GRANT_REQUIRED");
    TestGrant grant =
        rolecall.grants().grant("orders-admin").to(CHECKOUT).lasting(Duration.ofHours(1));
    assertThat(checkout.rebuild(REQUEST).getCaller()).isEqualTo(CHECKOUT);
    grant.revoke();
    assertDenied(() -> checkout.rebuild(REQUEST), "GRANT_REVOKED");
    assertThat(checkout.list(REQUEST).getCaller()).isEqualTo(CHECKOUT);
  }

  private static void assertDenied(ThrowingCallable call, String reason) {
    assertDenied(call);
    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(call)
        .withMessageContaining(reason);
  }

  private static void assertDenied(ThrowingCallable call) {
    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(call)
        .satisfies(
            refused ->
                assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED));
  }

  private ManagedChannel channel(PolicySource policies) throws IOException {
    Server server =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                InsecureServerCredentials.create())
            .addService(new Orders())
            .addService(new Repairs())
            .intercept(rolecall.guard(policies))
            .build()
            .start();
    rolecall.closing(
        () -> {
          server.shutdownNow();
          assertThat(server.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
        });
    ManagedChannel channel =
        Grpc.newChannelBuilder("127.0.0.1:" + server.getPort(), InsecureChannelCredentials.create())
            .build();
    rolecall.closing(
        () -> {
          channel.shutdownNow();
          assertThat(channel.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
        });
    return channel;
  }

  private OrdersBlockingStub as(String role, ManagedChannel channel) {
    return OrdersGrpc.newBlockingStub(channel).withCallCredentials(rolecall.as(role));
  }

  private static final class Orders extends OrdersGrpc.OrdersImplBase {
    @Override
    public void get(Request request, StreamObserver<Answer> answers) {
      answer(answers);
    }

    @Override
    public void create(Request request, StreamObserver<Answer> answers) {
      answer(answers);
    }

    @Override
    public void cancel(Request request, StreamObserver<Answer> answers) {
      answer(answers);
    }
  }

  private static final class Repairs extends RepairsGrpc.RepairsImplBase {
    @Override
    public void rebuild(Request request, StreamObserver<Answer> answers) {
      answer(answers);
    }

    @Override
    public void list(Request request, StreamObserver<Answer> answers) {
      answer(answers);
    }
  }

  private static void answer(StreamObserver<Answer> answers) {
    answers.onNext(Answer.newBuilder().setCaller(CurrentCaller.get().principal().text()).build());
    answers.onCompleted();
  }
}
