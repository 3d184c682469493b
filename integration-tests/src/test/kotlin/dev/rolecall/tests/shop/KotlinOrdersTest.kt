package dev.rolecall.tests.shop

import dev.rolecall.identity.pattern.PrincipalPattern
import dev.rolecall.policy.AccessPolicy
import dev.rolecall.testing.RolecallExtension
import dev.rolecall.tests.docs.orders.CreateOrder
import dev.rolecall.tests.docs.orders.OrdersGrpc
import io.grpc.StatusRuntimeException
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.RegisterExtension

class KotlinOrdersTest {

  @JvmField @RegisterExtension val rolecall = RolecallExtension.forAudience("orders")

  @Test
  fun `create is for checkout alone`() {
    val checkout = "arn:aws:iam::111122223333:role/checkout"
    val policy =
      AccessPolicy.builder("orders")
        .allow(PrincipalPattern.parse(checkout), "/orders.v1.Orders/Create")
        .build()
    val orders = OrdersGrpc.newBlockingStub(rolecall.serve(rolecall.guard(policy), Orders()))
    val tea = CreateOrder.newBuilder().setItem("tea").build()

    val answer = orders.withCallCredentials(rolecall.`as`(checkout)).create(tea)

    assertEquals(checkout, answer.askedBy)
    assertThrows(StatusRuntimeException::class.java) { orders.create(tea) }
  }
}
