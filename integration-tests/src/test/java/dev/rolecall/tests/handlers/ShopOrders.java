package dev.rolecall.tests.handlers;

import dev.rolecall.guard.CurrentCaller;
import dev.rolecall.tests.docs.orders.CreateOrder;
import dev.rolecall.tests.docs.orders.Order;
import dev.rolecall.tests.docs.orders.OrdersGrpc;
import io.grpc.stub.StreamObserver;
import java.util.NoSuchElementException;

/** A service that answers with its caller, and throws where it has no such item. */
final class ShopOrders extends OrdersGrpc.OrdersImplBase {

  @Override
  public void create(CreateOrder request, StreamObserver<Order> answers) {
    if (request.getItem().equals("nothing")) {
      throw new NoSuchElementException("nothing");
    }
    answers.onNext(
        Order.newBuilder()
            .setItem(request.getItem())
            .setAskedBy(CurrentCaller.get().principal().text())
            .build());
    answers.onCompleted();
  }
}
