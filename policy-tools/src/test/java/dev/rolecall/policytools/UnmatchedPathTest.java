package dev.rolecall.policytools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.policy.AccessPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The paths that mean none of a server's methods. */
final class UnmatchedPathTest {

  private static final AccessPolicy POLICY = Policies.loaded(Policies.ORDERS);

  @Test
  void in_everySection_isReportedWithItsPlace() {
    assertThat(
            UnmatchedPath.in(
                POLICY,
                List.of("orders.v1.Orders/Create", "orders.v1.Orders/Get", "grpc.health.v1/Check")))
        .extracting(UnmatchedPath::toString)
        .containsExactly(
            "p.yaml:5:23: deny_rules, rule \"frozen\": \"/orders.v1.Orders/Delete\""
                + " matches no method of the server",
            "p.yaml:9:51: allow_rules, rule \"checkout writes\": \"/orders.v1.Orders/Cancel\""
                + " matches no method of the server",
            "p.yaml:19:18: public_methods: \"/grpc.health.v1.Health/*\" matches no method of the server");
  }

  @Test
  void in_allThere_isEmpty() {
    assertThat(
            UnmatchedPath.in(
                POLICY,
                List.of(
                    "orders.v1.Orders/Create",
                    "orders.v1.Orders/Cancel",
                    "orders.v1.Orders/Delete",
                    "orders.v1.Orders/GetAll",
                    "grpc.health.v1.Health/Check")))
        .isEmpty();
  }

  @Test
  void in_policyUnderAnother_areThoseOfBoth() {
    assertThat(
            UnmatchedPath.in(
                Policies.WIDE.narrowedBy(Policies.NARROW), List.of("s.S/M", "s.S/N", "s.S/Open")))
        .extracting(unmatched -> unmatched.path().text())
        .containsExactly("/s.S/HalfOpen", "/s.S/Other", "/s.S/Closed");
  }
}
