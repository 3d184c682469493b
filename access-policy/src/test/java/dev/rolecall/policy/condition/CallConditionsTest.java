package dev.rolecall.policy.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.policy.StatedFacts;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("attack")
final class CallConditionsTest {

  private static final CallConditions NETWORKS = CallConditions.from("10.0.0.0/8", "2001:db8::/32");
  private static final CallConditions HEADERS =
      CallConditions.withHeader("x-tenant", "blue", "green-*")
          .and(CallConditions.withHeader("x-stage", "*"));

  private static final StatedFacts BLUE =
      StatedFacts.headers(Map.of("x-tenant", "blue", "x-stage", "test"));

  @ParameterizedTest
  @CsvSource({"10.1.2.3, true", "2001:db8::1, true", "11.0.0.1, false", "2001:db9::1, false"})
  void networks_holdForAnAddressInOneOfThem(String address, boolean hold) {
    for (boolean whenUnknown : List.of(true, false)) {
      assertThat(NETWORKS.hold(StatedFacts.headersUnknown().from(address), whenUnknown))
          .isEqualTo(hold);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "blue, test, true",
    "green-1, test, true",
    "red, test, false",
    "red, '', false",
    "bluer, test, false",
    "'red,bluer', test, false",
  })
  void headers_holdIfEachHasOneOfItsValues(String tenant, String stage, boolean hold) {
    StatedFacts call = StatedFacts.headers(Map.of("x-tenant", tenant, "x-stage", stage));

    assertThat(HEADERS.hold(call, true)).isEqualTo(hold);
    assertThat(HEADERS.hold(call, false)).isEqualTo(hold);
  }

  /** A handler may read one of several values, so no reading may be one that a rule forbids. */
  @ParameterizedTest
  @CsvSource({
    "'blue,blue', test",
    "'blue,red', test",
    "'red,blue', test",
    "'red, blue', test",
    "'red,green-2', test",
    "'green-1,red', test",
    "'green-1,', test",
    "',blue', test",
    "blue, ''",
  })
  void header_ofSeveralReadings_holdsForADenyRuleAlone(String tenant, String stage) {
    StatedFacts call = StatedFacts.headers(Map.of("x-tenant", tenant, "x-stage", stage));

    assertThat(HEADERS.hold(call, true)).isTrue();
    assertThat(HEADERS.hold(call, false)).isFalse();
  }

  @Test
  void suffix_ofAnAllowRule_coversNoComma() {
    CallConditions inside = CallConditions.withHeader("x-host", "*.internal");

    assertThat(inside.hold(StatedFacts.headers(Map.of("x-host", "a.internal")), false)).isTrue();
    assertThat(inside.hold(StatedFacts.headers(Map.of("x-host", "evil,a.internal")), false))
        .isFalse();
  }

  @Test
  void header_ofMorePartsThanAreCompared_holdsForADenyRuleAlone() {
    StatedFacts most = stage("red" + ",red".repeat(HeaderMatch.MOST_PARTS - 1));
    StatedFacts more = stage("red" + ",red".repeat(HeaderMatch.MOST_PARTS));
    CallConditions blue = CallConditions.withHeader("x-stage", "blue");

    assertThat(blue.hold(most, true)).isFalse();
    assertThat(blue.hold(more, true)).isTrue();
    assertThat(blue.hold(more, false)).isFalse();
  }

  private static StatedFacts stage(String value) {
    return StatedFacts.headers(Map.of("x-stage", value));
  }

  @Test
  void header_thatIsAbsent_doesNotHold_whateverTheRule() {
    StatedFacts call = StatedFacts.headers(Map.of("x-tenant", "blue"));

    assertThat(HEADERS.hold(call, true)).isFalse();
    assertThat(HEADERS.hold(call, false)).isFalse();
  }

  @Test
  void fact_thatIsUnknown_holdsForADenyRuleAlone() {
    assertThat(NETWORKS.hold(BLUE, true)).isTrue();
    assertThat(NETWORKS.hold(BLUE, false)).isFalse();
    assertThat(HEADERS.hold(StatedFacts.headersUnknown().from("10.0.0.1"), true)).isTrue();
    assertThat(HEADERS.hold(StatedFacts.headersUnknown().from("10.0.0.1"), false)).isFalse();
    assertThat(NETWORKS.and(HEADERS).hold(CallFacts.unknown(), true)).isTrue();
    assertThat(NETWORKS.and(HEADERS).hold(CallFacts.unknown(), false)).isFalse();
  }

  @Test
  void conditions_ofBothKinds_mustAllHold() {
    CallConditions both = NETWORKS.and(HEADERS);
    StatedFacts red = StatedFacts.headers(Map.of("x-tenant", "red", "x-stage", "test"));

    assertThat(both.hold(BLUE.from("10.0.0.1"), false)).isTrue();
    assertThat(both.hold(BLUE.from("192.0.2.1"), true)).isFalse();
    assertThat(both.hold(red.from("10.0.0.1"), true)).isFalse();
    // What is unknown stands in for itself alone.
    assertThat(both.hold(red, true)).isFalse();
    assertThat(both.hold(StatedFacts.headersUnknown().from("192.0.2.1"), true)).isFalse();
  }

  @Test
  void conditions_thatAreNone_readNothing() {
    StatedFacts call = StatedFacts.headersUnknown();

    assertThat(CallConditions.none().hold(call, false)).isTrue();
    assertThat(CallConditions.none().isNone()).isTrue();
    assertThat(NETWORKS.isNone()).isFalse();
    assertThat(HEADERS.isNone()).isFalse();
    assertThat(call.asked).isEmpty();
  }

  @Test
  void conditions_thatContradict_areRefused() {
    assertThatThrownBy(() -> HEADERS.and(CallConditions.withHeader("x-stage", "test")))
        .hasMessage("headers: \"x-stage\" twice (expected: once, with all its values)");
    assertThatThrownBy(() -> NETWORKS.and(CallConditions.from("192.0.2.1")))
        .hasMessage("networks: twice (expected: all of them at once)");
    assertThatThrownBy(CallConditions::from).hasMessage("networks: none (expected: at least one)");
    assertThatThrownBy(() -> CallConditions.withHeader("x-tenant"))
        .hasMessage("header \"x-tenant\": 0 values (expected: 1 to 1000)");
  }

  @ParameterizedTest
  @ValueSource(ints = {1_001, 5_000})
  void conditions_thatAreTooMany_areRefused(int count) {
    List<Cidr> networks = Collections.nCopies(count, Cidr.parse("10.0.0.0/8"));
    List<HeaderMatch> headers =
        IntStream.range(0, 101).mapToObj(i -> HeaderMatch.of("x-" + i, "*")).toList();

    assertThatThrownBy(() -> new CallConditions(networks, List.of()))
        .hasMessage("networks: " + count + " (expected: at most 1000)");
    assertThatThrownBy(() -> new CallConditions(List.of(), headers))
        .hasMessage("headers: 101 (expected: at most 100)");
    assertThat(new CallConditions(networks.subList(0, 1_000), headers.subList(0, 100)).isNone())
        .isFalse();
  }
}
