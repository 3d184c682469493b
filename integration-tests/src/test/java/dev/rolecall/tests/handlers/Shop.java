package dev.rolecall.tests.handlers;

import dev.rolecall.guard.CallGuard;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.testing.RolecallExtension;
import dev.rolecall.tests.docs.orders.CreateOrder;
import dev.rolecall.tests.docs.orders.OrdersGrpc;
import dev.rolecall.tests.docs.orders.OrdersGrpc.OrdersBlockingStub;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.util.function.UnaryOperator;

/** A service with its guard, for one role, and calls to it. */
final class Shop {

  static final String CHECKOUT = "arn:aws:iam::111122223333:role/checkout";

  private final RolecallExtension rolecall;

  Shop(RolecallExtension rolecall) {
    this.rolecall = rolecall;
  }

  static AccessPolicy policy() {
    return AccessPolicy.builder("orders")
        .allow(PrincipalPattern.parse(CHECKOUT), "/orders.v1.Orders/*")
        .build();
  }

  CallGuard guard() {
    return rolecall.guard(policy());
  }

  /** Starts a server in process, and ends it after the test. */
  Channel serve(UnaryOperator<ServerBuilder<?>> options) throws IOException {
    String name = InProcessServerBuilder.generateName();
    Server server = options.apply(InProcessServerBuilder.forName(name)).build().start();
    rolecall.closing(server::shutdownNow);
    ManagedChannel channel = InProcessChannelBuilder.forName(name).build();
    rolecall.closing(channel::shutdownNow);
    return channel;
  }

  OrdersBlockingStub checkout(Channel channel) {
    return OrdersGrpc.newBlockingStub(channel).withCallCredentials(rolecall.as(CHECKOUT));
  }

  /** Who asked, by the answer to an order. */
  static String askedBy(OrdersBlockingStub orders, String item) {
    return orders.create(CreateOrder.newBuilder().setItem(item).build()).getAskedBy();
  }

  /** The status that an order ended with. */
  static Status.Code end(OrdersBlockingStub orders, String item) {
    try {
      askedBy(orders, item);
      return Status.Code.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    }
  }
}
