package dev.rolecall.tests.shop;

import dev.rolecall.guard.CurrentCaller;
import dev.rolecall.tests.docs.orders.CreateOrder;
import dev.rolecall.tests.docs.orders.Order;
import dev.rolecall.tests.docs.orders.OrdersGrpc;
import io.grpc.stub.StreamObserver;

/** A user's service: an order has the name of the role that asked for it. */
final class Orders extends OrdersGrpc.OrdersImplBase {

  @Override
  public void create(CreateOrder request, StreamObserver<Order> answers) {
    String role = CurrentCaller.get().principal().text();
    answers.onNext(Order.newBuilder().setItem(request.getItem()).setAskedBy(role).build());
    answers.onCompleted();
  }
}
