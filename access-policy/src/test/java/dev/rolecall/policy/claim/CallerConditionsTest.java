package dev.rolecall.policy.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.ClaimValue;
import dev.rolecall.identity.ClaimValue.Items;
import dev.rolecall.identity.ClaimValue.Members;
import dev.rolecall.identity.ClaimValue.Other;
import dev.rolecall.identity.ClaimValue.Text;
import dev.rolecall.identity.ClaimValue.Truth;
import dev.rolecall.identity.ClaimValue.Whole;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Conditions on callers, above all where a value is absent or of another type. */
@Tag("attack")
final class CallerConditionsTest {

  private static final ClaimTest PROD = ClaimTest.equalTo("prod");
  private static final ClaimTest EITHER = ClaimTest.anyOf("prod", "staging");
  private static final ClaimTest MIXED =
      new ClaimTest.AnyOf(Set.of(new Text("prod"), new Whole(1)));
  private static final ClaimTest NUMBER = ClaimTest.equalTo(1);
  private static final ClaimTest YES = ClaimTest.equalTo(true);
  private static final ClaimTest WRITER = ClaimTest.containing("writer");
  private static final ClaimTest START = ClaimTest.startingWith("pr");

  static Stream<Arguments> values() {
    return Stream.of(
        arguments(PROD, new Text("prod"), Outcome.MET),
        arguments(PROD, new Text("Prod"), Outcome.UNMET),
        arguments(PROD, new Text("prod "), Outcome.UNMET),
        arguments(PROD, new Text(""), Outcome.UNMET),
        arguments(PROD, new Whole(1), Outcome.UNKNOWN),
        arguments(PROD, new Truth(true), Outcome.UNKNOWN),
        arguments(PROD, new Items(List.of(new Text("prod"))), Outcome.UNKNOWN),
        arguments(PROD, new Members(Map.of("prod", new Text("prod"))), Outcome.UNKNOWN),
        arguments(PROD, Other.INSTANCE, Outcome.UNKNOWN),
        arguments(EITHER, new Text("staging"), Outcome.MET),
        arguments(EITHER, new Text("dev"), Outcome.UNMET),
        arguments(MIXED, new Whole(1), Outcome.MET),
        arguments(MIXED, new Whole(2), Outcome.UNMET),
        arguments(MIXED, new Truth(true), Outcome.UNKNOWN),
        arguments(NUMBER, new Whole(1), Outcome.MET),
        arguments(NUMBER, new Whole(2), Outcome.UNMET),
        arguments(NUMBER, new Text("1"), Outcome.UNKNOWN),
        arguments(NUMBER, new Truth(true), Outcome.UNKNOWN),
        arguments(YES, new Truth(true), Outcome.MET),
        arguments(YES, new Truth(false), Outcome.UNMET),
        arguments(YES, new Text("true"), Outcome.UNKNOWN),
        arguments(YES, new Whole(1), Outcome.UNKNOWN),
        arguments(WRITER, new Items(List.of(new Text("reader"), new Text("writer"))), Outcome.MET),
        arguments(WRITER, new Items(List.of(new Text("writers"))), Outcome.UNMET),
        arguments(WRITER, new Items(List.of()), Outcome.UNMET),
        arguments(
            WRITER, new Items(List.of(new Items(List.of(new Text("writer"))))), Outcome.UNMET),
        arguments(WRITER, new Text("writer"), Outcome.UNKNOWN),
        arguments(WRITER, new Members(Map.of("writer", new Truth(true))), Outcome.UNKNOWN),
        arguments(START, new Text("prod"), Outcome.MET),
        arguments(START, new Text("pr"), Outcome.MET),
        arguments(START, new Text("p"), Outcome.UNMET),
        arguments(START, new Items(List.of(new Text("prod"))), Outcome.UNKNOWN),
        arguments(START, new Whole(7), Outcome.UNKNOWN));
  }

  @ParameterizedTest
  @MethodSource("values")
  void claim_ofAValue_allowsIfMetAndDeniesIfMetOrUnknown(
      ClaimTest test, ClaimValue value, Outcome outcome) {
    CallerConditions conditions = CallerConditions.withClaim("x", test);
    Attributes caller = Attributes.none().withClaims(Map.of("x", value));

    assertThat(conditions.claims().get(0).of(caller)).isEqualTo(outcome);
    assertThat(conditions.hold(caller, false)).isEqualTo(outcome == Outcome.MET);
    assertThat(conditions.hold(caller, true)).isEqualTo(outcome != Outcome.UNMET);
  }

  static Stream<CallerConditions> conditions() {
    return Stream.of(
        CallerConditions.withClaim("x", PROD),
        CallerConditions.withClaim("x", NUMBER),
        CallerConditions.withClaim("x", YES),
        CallerConditions.withClaim("x", EITHER),
        CallerConditions.withClaim("x", WRITER),
        CallerConditions.withClaim("x", START),
        CallerConditions.withScopes("orders:write"),
        CallerConditions.withTag("team", PROD),
        CallerConditions.withTag("team", START));
  }

  @ParameterizedTest
  @MethodSource("conditions")
  void condition_ofACallerWithoutAttributes_neverAllowsAndAlwaysDenies(
      CallerConditions conditions) {
    assertThat(conditions.hold(Attributes.none(), false)).isFalse();
    assertThat(conditions.hold(Attributes.none(), true)).isTrue();
  }

  @Test
  void claim_nested_isFoundThroughObjectsAlone() {
    CallerConditions roles =
        new CallerConditions(
            List.of(new ClaimCondition(ClaimName.of("realm_access", "roles"), WRITER)),
            List.of(),
            List.of());
    ClaimValue writers = new Items(List.of(new Text("writer")));

    assertThat(roles.hold(claims("realm_access", new Members(Map.of("roles", writers))), false))
        .isTrue();
    // A dot is no path.
    for (Attributes other :
        List.of(
            claims("realm_access.roles", writers),
            claims("roles", writers),
            claims("realm_access", writers),
            claims("realm_access", new Items(List.of(new Members(Map.of("roles", writers))))),
            claims("realm_access", new Members(Map.of())))) {
      assertThat(roles.hold(other, false)).isFalse();
      assertThat(roles.hold(other, true)).isTrue();
    }
  }

  @Test
  void scopes_someOfThem_neitherAllowNorDeny() {
    CallerConditions both = CallerConditions.withScopes("orders:read", "orders:write");

    assertThat(both.hold(scopes("orders:read", "orders:write", "x"), false)).isTrue();
    assertThat(both.hold(scopes("orders:read", "orders:write", "x"), true)).isTrue();
    assertThat(both.hold(scopes("orders:read"), false)).isFalse();
    assertThat(both.hold(scopes("orders:read"), true)).isFalse();
    assertThat(both.hold(scopes("orders:read orders:write"), false)).isFalse();
  }

  @Test
  void conditions_several_mustAllHold() {
    CallerConditions all =
        CallerConditions.withClaim("env", PROD)
            .and(CallerConditions.withScopes("s"))
            .and(CallerConditions.withTag("team", ClaimTest.equalTo("pay")));
    Attributes caller =
        claims("env", new Text("prod")).withScopes(Set.of("s")).withTags(Map.of("team", "pay"));

    assertThat(all.hold(caller, false)).isTrue();
    assertThat(all.hold(caller.withScopes(Set.of("t")), false)).isFalse();
    assertThat(all.hold(caller.withTags(Map.of("team", "Pay")), false)).isFalse();
    assertThat(all.hold(caller.withTags(Map.of("Team", "pay")), false)).isFalse();
    assertThat(all.hold(caller.withClaims(Map.of("env", new Text("dev"))), true)).isFalse();
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        broken(() -> ClaimTest.equalTo(""), "1 to 1000 characters"),
        broken(() -> ClaimTest.equalTo("x".repeat(1_001)), "1 to 1000 characters"),
        broken(() -> ClaimTest.equalTo("a\nb"), "1 to 1000 characters"),
        broken(() -> ClaimTest.startingWith(""), "1 to 1000 characters"),
        broken(ClaimTest::anyOf, "1 to 1000"),
        broken(
            () ->
                ClaimTest.anyOf(
                    IntStream.range(0, 1_001).mapToObj(Integer::toString).toArray(String[]::new)),
            "1 to 1000"),
        broken(() -> new ClaimTest.Contains(new Items(List.of())), "a text, a whole number"),
        broken(() -> new ClaimTest.Contains(Other.INSTANCE), "a text, a whole number"),
        broken(() -> new ClaimTest.AnyOf(Set.of(new Members(Map.of()))), "a text, a whole"),
        broken(() -> ClaimName.of(), "1 to 16"),
        broken(() -> new ClaimName(Collections.nCopies(17, "x")), "1 to 16"),
        broken(() -> ClaimName.of(""), ClaimName.EXPECTED),
        broken(() -> ClaimName.of(" x"), ClaimName.EXPECTED),
        broken(() -> ClaimName.of("x".repeat(201)), ClaimName.EXPECTED),
        broken(() -> ClaimName.of("x", "\u0430"), ClaimName.EXPECTED),
        broken(() -> CallerConditions.withScopes(""), CallerConditions.EXPECTED_SCOPE),
        broken(() -> CallerConditions.withScopes("a b"), CallerConditions.EXPECTED_SCOPE),
        broken(() -> CallerConditions.withScopes("a\"b"), CallerConditions.EXPECTED_SCOPE),
        broken(() -> CallerConditions.withScopes("a\\b"), CallerConditions.EXPECTED_SCOPE),
        broken(() -> CallerConditions.withTag("", PROD), TagCondition.EXPECTED),
        broken(() -> CallerConditions.withTag("a*", PROD), TagCondition.EXPECTED),
        broken(() -> CallerConditions.withTag("team", NUMBER), "a text"),
        broken(() -> CallerConditions.withTag("team", WRITER), "a text"),
        broken(
            () ->
                IntStream.range(0, 101)
                    .mapToObj(i -> CallerConditions.withClaim("c" + i, PROD))
                    .reduce(CallerConditions.none(), CallerConditions::and),
            "at most 100"));
  }

  private static Arguments broken(ThrowingCallable maker, String expected) {
    return arguments(maker, expected);
  }

  @ParameterizedTest
  @MethodSource("broken")
  void condition_thatNothingCanMeet_isRefused(ThrowingCallable maker, String expected) {
    assertThatThrownBy(maker)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(expected: ")
        .hasMessageContaining(expected);
  }

  private static Attributes claims(String name, ClaimValue value) {
    return Attributes.none().withClaims(Map.of(name, value));
  }

  private static Attributes scopes(String... scopes) {
    return Attributes.none().withScopes(Set.of(scopes));
  }
}
