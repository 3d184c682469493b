package dev.rolecall.tests.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.guard.CallGuard;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.testing.RolecallExtension;
import dev.rolecall.tests.docs.orders.CreateOrder;
import dev.rolecall.tests.docs.orders.OrdersGrpc;
import dev.rolecall.tests.docs.orders.OrdersGrpc.OrdersBlockingStub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OrdersTest {

  private static final String CHECKOUT = "arn:aws:iam::111122223333:role/checkout";
  private static final String REPORTS = "arn:aws:iam::111122223333:role/reports";

  @RegisterExtension final RolecallExtension rolecall = RolecallExtension.forAudience("orders");

  @Test
  void create_isForCheckoutAlone() {
    AccessPolicy policy =
        AccessPolicy.builder("orders")
            .allow(PrincipalPattern.parse(CHECKOUT), "/orders.v1.Orders/Create")
            .build();
    CallGuard guard = rolecall.guard(policy);
    OrdersBlockingStub orders = OrdersGrpc.newBlockingStub(rolecall.serve(guard, new Orders()));
    CreateOrder tea = CreateOrder.newBuilder().setItem("tea").build();

    OrdersBlockingStub checkout = orders.withCallCredentials(rolecall.as(CHECKOUT));
    OrdersBlockingStub reports = orders.withCallCredentials(rolecall.as(REPORTS));

    assertThat(checkout.create(tea).getAskedBy()).isEqualTo(CHECKOUT);
    assertThatThrownBy(() -> reports.create(tea)).hasMessageContaining("METHOD_NOT_ALLOWED");
    assertThatThrownBy(() -> orders.create(tea)).hasMessageContaining("CREDENTIAL_MISSING");
  }
}
