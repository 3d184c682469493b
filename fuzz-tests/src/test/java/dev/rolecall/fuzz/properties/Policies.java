package dev.rolecall.fuzz.properties;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Policies over the few roles of {@link Roles} and a few methods, so that most rules match
 * something.
 */
final class Policies {

  private static final List<String> METHODS =
      List.of(
          "/orders.v1.Orders/Get",
          "/orders.v1.Orders/GetAll",
          "/orders.v1.Orders/Ge",
          "/orders.v1.Orders/Delete",
          "/orders.v1.OrdersAdmin/Get",
          "/orders.v1/Get",
          "/orders/Get",
          "/grpc.health.v1.Health/Check");

  private static final List<String> GRANTS =
      List.of("", "", "", "", "orders-admin", "orders-repair", "orders-admin o/{header:x-tenant}");

  private Policies() {}

  static Arbitrary<String> methods() {
    return Arbitraries.of(METHODS);
  }

  private static Arbitrary<String> paths() {
    Arbitrary<String> starts =
        Combinators.combine(methods(), Arbitraries.integers().between(1, 30))
            .as((method, length) -> method.substring(0, Math.min(length, method.length())) + "*");
    return Arbitraries.oneOf(methods(), starts);
  }

  private static Arbitrary<String> pathsOfOneService() {
    return Arbitraries.oneOf(
        methods(), methods().map(method -> method.substring(0, method.indexOf('/', 1) + 1) + "*"));
  }

  static Arbitrary<WrittenPolicy> any() {
    return Combinators.combine(
            rules("deny", 0, 3),
            rules("allow", 0, 5),
            pathsOfOneService().list().ofMaxSize(1).uniqueElements())
        .as(WrittenPolicy::new);
  }

  /** Some rules, each with a name of its own. */
  private static Arbitrary<List<WrittenPolicy.Rule>> rules(String section, int least, int most) {
    Arbitrary<WrittenPolicy.Rule> unnamed =
        Combinators.combine(
                Roles.principals().list().ofMinSize(1).ofMaxSize(4),
                paths().list().ofMinSize(1).ofMaxSize(4),
                Conditions.any(),
                section.equals("allow") ? Arbitraries.of(GRANTS) : Arbitraries.just(""))
            .as(
                (principals, paths, conditions, grant) ->
                    new WrittenPolicy.Rule("", principals, paths, conditions, grant));
    return unnamed
        .list()
        .ofMinSize(least)
        .ofMaxSize(most)
        .map(
            rules -> {
              List<WrittenPolicy.Rule> named = new ArrayList<>();
              for (WrittenPolicy.Rule rule : rules) {
                named.add(
                    new WrittenPolicy.Rule(
                        section + " " + named.size(),
                        rule.principals(),
                        rule.paths(),
                        rule.conditions(),
                        rule.grant()));
              }
              return named;
            });
  }
}
