package dev.rolecall.tests.docs;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.guard.CallGuard;
import dev.rolecall.policy.document.PolicyDocument;
import dev.rolecall.testing.RolecallExtension;
import dev.rolecall.tests.docs.Snippets.Orders;
import dev.rolecall.tests.docs.orders.CreateOrder;
import dev.rolecall.tests.docs.orders.OrdersGrpc;
import dev.rolecall.tests.docs.orders.OrdersGrpc.OrdersBlockingStub;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The README's test of a guarded service, as it stands there. */
class ReadmeServiceTest {

  private final Path policyFile = SnippetsTest.policyFile();
  private final CreateOrder request = CreateOrder.newBuilder().setItem("tea").build();

  // region test
  @RegisterExtension final RolecallExtension rolecall = RolecallExtension.forAudience("orders");

  @Test
  void create_byReports_isRefused() {
    CallGuard guard = rolecall.guard(PolicyDocument.load(policyFile));
    OrdersBlockingStub orders = OrdersGrpc.newBlockingStub(rolecall.serve(guard, new Orders()));
    OrdersBlockingStub reports =
        orders.withCallCredentials(rolecall.as("arn:aws:iam::111122223333:role/reports"));
    assertThatThrownBy(() -> reports.create(request)).hasMessageContaining("METHOD_NOT_ALLOWED");
  }
  // endregion
}
