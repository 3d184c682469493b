package dev.rolecall.policytools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.AccessPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                + " matches no method of the server (expected: a method of orders.v1.Orders:"
                + " Create, Get)",
            "p.yaml:9:51: allow_rules, rule \"checkout writes\": \"/orders.v1.Orders/Cancel\""
                + " matches no method of the server (expected: a method of orders.v1.Orders:"
                + " Create, Get)",
            "p.yaml:19:18: public_methods: \"/grpc.health.v1.Health/*\" matches no method of the server"
                + " (expected: a method of one of the services grpc.health.v1, orders.v1.Orders)");
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

  @ParameterizedTest
  @CsvSource({
    "/orders.v1.Orders/Creat, /orders.v1.Orders/Create",
    "/orders.v1.Orders/create, /orders.v1.Orders/Create",
    "/orders.v1.Order/Create, /orders.v1.Orders/Create",
    "/orders.v1.Order/Creat, /orders.v1.Orders/Create",
    "/orders.v1.Order/*, /orders.v1.Orders/*",
    "/orders.v1.Order/Get*, /orders.v1.Orders/Get*",
    "/orders.v1.Order/Unlike*, /orders.v1.Orders/*",
    "/orders.v1.Orders/Gte*, /orders.v1.Orders/Get*",
    "/Orders/Create, /orders.v1.Orders/Create",
    "/orders.v2.Orders/Create, /orders.v1.Orders/Create",
    "/shop.orders.v1beta.Orders/Create, /orders.v1.Orders/Create",
    "/order.v*, /orders.*",
    "/orders.v1.Orders/Unlike, 'a method of orders.v1.Orders: Create, GetAll, GetOne'",
    "/unlike.v1.Any/Create, 'a method of one of the services orders.v1.Orders, stock.v1.Stock'",
    "/unlike.*, 'a method of one of the services orders.v1.Orders, stock.v1.Stock'",
  })
  void in_pathOfNoMethod_saysWhatIsNearest(String path, String expected) {
    AccessPolicy policy =
        AccessPolicy.builder("x").allow(RolePattern.parse(Policies.ROLE + "a"), path).build();

    assertThat(
            UnmatchedPath.in(
                policy,
                List.of(
                    "orders.v1.Orders/Create",
                    "orders.v1.Orders/GetOne",
                    "orders.v1.Orders/GetAll",
                    "stock.v1.Stock/Get")))
        .extracting(UnmatchedPath::expected)
        .containsExactly(expected);
  }

  @Test
  void in_noMethods_saysThatThereIsNone() {
    assertThat(UnmatchedPath.in(POLICY, List.of()))
        .extracting(UnmatchedPath::expected)
        .containsOnly("a method; there is none");
  }
}
