package dev.rolecall.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.testing.OrdersGrpc.OrdersBlockingStub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The README's samples, as a user's tests. */
class OrdersTest {

  private static final String CHECKOUT = "arn:aws:iam::111122223333:role/checkout";

  private final AccessPolicy policy =
      AccessPolicy.builder("orders")
          .allow(PrincipalPattern.parse(CHECKOUT), "/orders.v1.Orders/Create")
          .build();

  // region guarded
  @RegisterExtension final RolecallExtension rolecall = RolecallExtension.forAudience("orders");

  @Test
  void create_isForCheckoutAlone() {
    CallGuard guard = rolecall.guard(policy);
    OrdersBlockingStub orders = OrdersGrpc.newBlockingStub(rolecall.serve(guard, new Orders()));

    OrdersBlockingStub checkout = orders.withCallCredentials(rolecall.as(CHECKOUT));
    assertThat(checkout.create("tea")).isEqualTo("tea for checkout");
    assertThatThrownBy(() -> orders.create("tea")).hasMessageContaining("CREDENTIAL_MISSING");
  }

  // endregion

  @Test
  void handler_readsItsCaller() throws Exception {
    Orders handler = new Orders();
    // region handler
    Caller checkout = TestCallers.role("arn:aws:iam::111122223333:role/checkout");
    String answer = TestCallers.callAs(checkout, () -> handler.create("tea"));
    // endregion
    assertThat(answer).isEqualTo("tea for checkout");
  }

  @Test
  void guard_ofOptions_isClosedWithTheRest() {
    // region options
    AccessRuntime runtime = rolecall.runtime().build();
    CallGuard guard =
        rolecall.closing(
            CallGuard.builder(PolicySource.fixed(policy))
                .accept(rolecall.verifier().requireChannelBinding())
                .runtime(runtime)
                .build());
    // endregion
    OrdersBlockingStub orders = OrdersGrpc.newBlockingStub(rolecall.serve(guard, new Orders()));
    assertThatThrownBy(() -> orders.withCallCredentials(rolecall.as(CHECKOUT)).create("tea"))
        .hasMessageContaining("BINDING_REQUIRED");
  }
}
