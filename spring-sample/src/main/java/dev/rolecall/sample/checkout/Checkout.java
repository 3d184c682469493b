package dev.rolecall.sample.checkout;

import dev.rolecall.sample.api.CreateOrder;
import dev.rolecall.sample.api.Order;
import dev.rolecall.sample.api.OrdersGrpc.OrdersBlockingStub;
import org.springframework.stereotype.Component;

/** Orders things. Its stub is signed for; there is nothing to do about it here. */
@Component
public class Checkout {

  private final OrdersBlockingStub orders;

  Checkout(OrdersBlockingStub orders) {
    this.orders = orders;
  }

  /** Orders one. */
  public Order order(String item) {
    return orders.create(CreateOrder.newBuilder().setItem(item).build());
  }
}
