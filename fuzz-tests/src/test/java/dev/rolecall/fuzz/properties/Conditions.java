package dev.rolecall.fuzz.properties;

import dev.rolecall.fuzz.judge.NaiveCall;
import dev.rolecall.fuzz.judge.NaiveConditions;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Few networks, headers and values, many of them alike: so that conditions often hold, or nearly.
 */
final class Conditions {

  private static final List<String> NETWORKS =
      List.of(
          "10.0.0.0/8",
          "10.1.0.0/16",
          "10.1.2.3",
          "128.0.0.0/1",
          "2001:db8::/32",
          "2001:db8::8000:0:0:0/65",
          "2001:db8::1");
  private static final List<String> ADDRESSES =
      List.of(
          "10.0.0.0",
          "10.1.2.3",
          "10.255.255.255",
          "::ffff:10.1.2.3",
          "11.0.0.0",
          "127.255.255.255",
          "128.0.0.0",
          "2001:db8::1",
          "2001:db8::8000:0:0:0",
          "2001:db9::",
          "::10.1.2.3");
  private static final List<String> NAMES = List.of("x-tenant", "x-stage");
  private static final List<String> PATTERNS =
      List.of("*", "blue", "blue*", "*blue", "b*", "*e", "blue,red", "blu", "blue-1");
  private static final List<String> VALUES =
      List.of(
          "",
          "blue",
          "bluer",
          "dark blue",
          "blue,red",
          "red,blue",
          "dark, blue",
          "blu",
          "Blue",
          "b",
          "blue-1");

  private Conditions() {}

  /** Half of them none. */
  static Arbitrary<NaiveConditions> any() {
    Arbitrary<NaiveConditions> some =
        Combinators.combine(
                Arbitraries.of(NETWORKS).list().ofMaxSize(2),
                Arbitraries.maps(
                        Arbitraries.of(NAMES),
                        Arbitraries.of(PATTERNS).list().ofMinSize(1).ofMaxSize(3))
                    .ofMaxSize(2))
            .as(NaiveConditions::new);
    return Arbitraries.oneOf(Arbitraries.just(new NaiveConditions(List.of(), Map.of())), some);
  }

  static Arbitrary<NaiveCall> calls() {
    return Combinators.combine(
            Arbitraries.maps(Arbitraries.of(NAMES), Arbitraries.of(VALUES))
                .ofMaxSize(2)
                .optional(0.8),
            Arbitraries.of(ADDRESSES).optional(0.8))
        .as(NaiveCall::new);
  }
}
