package dev.rolecall.testing;

import dev.rolecall.testsupport.TextMethod;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.stub.AbstractBlockingStub;
import io.grpc.stub.ClientCalls;

/** The stubs of {@link Orders}, as protoc would write them. */
final class OrdersGrpc {

  static final MethodDescriptor<String, String> CREATE =
      TextMethod.of("orders.v1.Orders", "Create", MethodType.UNARY);

  private OrdersGrpc() {}

  static OrdersBlockingStub newBlockingStub(Channel channel) {
    return new OrdersBlockingStub(channel, CallOptions.DEFAULT);
  }

  /** A stub whose calls wait for their answer. */
  static final class OrdersBlockingStub extends AbstractBlockingStub<OrdersBlockingStub> {

    private OrdersBlockingStub(Channel channel, CallOptions options) {
      super(channel, options);
    }

    @Override
    protected OrdersBlockingStub build(Channel channel, CallOptions options) {
      return new OrdersBlockingStub(channel, options);
    }

    String create(String item) {
      return ClientCalls.blockingUnaryCall(getChannel(), CREATE, getCallOptions(), item);
    }
  }
}
