package dev.rolecall.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.document.PolicyDocument;
import dev.rolecall.policy.document.PolicyReading;
import dev.rolecall.stsemulator.PermissionSet;
import dev.rolecall.testing.OrdersGrpc.OrdersBlockingStub;
import java.time.Duration;
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

  private static AccessPolicy requiringAGrant() {
    return PolicyDocument.read(
            "orders.yaml",
            """
            name: orders
            allow_rules:
              - name: engineers administer for a time
                source:
                  principals: ["sso:111122223333:Engineer"]
                  requires_grant: orders-admin
                request: {paths: ["/orders.v1.Orders/*"]}
            """
                .getBytes(UTF_8))
        .fold(
            PolicyReading.Loaded::policy,
            rejected -> {
              throw new AssertionError(rejected.problems());
            });
  }

  @Test
  void create_isForThoseWhoHoldAGrant_whileTheyHoldIt() {
    Orders service = new Orders();
    CallGuard guard = rolecall.guard(requiringAGrant());
    OrdersBlockingStub orders = OrdersGrpc.newBlockingStub(rolecall.serve(guard, service));
    PermissionSet engineer = PermissionSet.of("111122223333", "Engineer");
    Duration hour = Duration.ofHours(1);
    // region grants
    OrdersBlockingStub ana = orders.withCallCredentials(rolecall.as(engineer, "ana@example.com"));
    rolecall.grants().grant("orders-admin").to(engineer, "ana@example.com").lasting(hour);
    assertThat(ana.create("tea")).startsWith("tea for ");
    rolecall.clock().advance(hour);
    assertThatThrownBy(() -> ana.create("tea")).hasMessageContaining("GRANT_EXPIRED");
    // endregion
    OrdersBlockingStub ben = orders.withCallCredentials(rolecall.as(engineer, "ben@example.com"));
    assertThatThrownBy(() -> ben.create("tea")).hasMessageContaining("GRANT_REQUIRED");
    TestGrants grants = rolecall.grants();
    grants.grant("orders-admin").to(engineer, "ben@example.com").lasting(hour);
    assertThat(ben.create("tea")).startsWith("tea for ");
    grants.revokeAll();
    assertThatThrownBy(() -> ben.create("tea")).hasMessageContaining("GRANT_REVOKED");
    grants.grant("orders-admin").to(engineer, "ana@example.com").lasting(hour);
    grants.loseNews();
    assertThatThrownBy(() -> ana.create("tea")).hasMessageContaining("GRANTS_STALE");
    grants.regainNews();
    assertThat(ana.create("tea")).startsWith("tea for ");
    grants.lock(engineer, "ana@example.com");
    assertThatThrownBy(() -> ana.create("tea")).hasMessageContaining("CALLER_LOCKED");
  }
}
