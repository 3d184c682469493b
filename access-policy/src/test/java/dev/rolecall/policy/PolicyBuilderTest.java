package dev.rolecall.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.identity.pattern.RolePattern;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A policy written in Java, under the rules of a file's. */
final class PolicyBuilderTest {

  private static final RolePattern CHECKOUT =
      RolePattern.parse("arn:aws:iam::111122223333:role/checkout");

  @Test
  void build_plainMap_allowsWhatItSaysUnderTheRolesName() {
    AccessPolicy policy =
        AccessPolicy.builder("orders")
            .allow(CHECKOUT, "/a.B/Get")
            .allow(CHECKOUT, "/a.B/Put")
            .deny(CHECKOUT, "/a.B/Drop")
            .publicMethods("/grpc.health.v1.Health/*")
            .build();

    assertThat(policy.name()).isEqualTo("orders");
    assertThat(rule(policy, "/a.B/Get")).contains("arn:aws:iam::111122223333:role/checkout");
    assertThat(rule(policy, "/a.B/Put")).contains("arn:aws:iam::111122223333:role/checkout (2)");
    assertThat(rule(policy, "/a.B/Drop")).contains("arn:aws:iam::111122223333:role/checkout (3)");
    assertThat(rule(policy, "/a.B/Other")).isEmpty();
    assertThat(policy.isPublic(MethodPath.parse("/grpc.health.v1.Health/Check"))).isTrue();
    assertThat(policy).hasToString("AccessPolicy[orders]");
  }

  @Test
  void builder_brokenValues_areRefusedAtOnce() {
    PolicyBuilder builder = AccessPolicy.builder("x").allow("r", List.of(CHECKOUT), "/a.B/C");

    assertThatThrownBy(() -> AccessPolicy.builder(""))
        .hasMessage("name: \"\" (expected: " + RuleName.EXPECTED + ")");
    assertThatThrownBy(() -> builder.deny("r", List.of(CHECKOUT), "/a.B/C"))
        .hasMessage("rule name: \"r\" (expected: a name that no other rule has)");
    assertThatThrownBy(() -> builder.allow("s", List.of(), "/a.B/C"))
        .hasMessage("principals: none (expected: at least one)");
    assertThatThrownBy(() -> builder.allow("s", List.of(CHECKOUT)))
        .hasMessage("rule \"s\": no paths (expected: at least one)");
    assertThatThrownBy(() -> builder.allow("s\n", List.of(CHECKOUT), "/a.B/C"))
        .hasMessageStartingWith("rule name: \"s\\u{a}\"");
    assertThatThrownBy(() -> builder.allow(CHECKOUT, "a.B/C"))
        .hasMessage("path: \"a.B/C\" (expected: " + MethodPattern.EXPECTED + ")");
    assertThatThrownBy(() -> builder.publicMethods("/*"))
        .hasMessageStartingWith("public method: \"/*\"");
    assertThatThrownBy(builder::publicMethods).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void build_thenBuilderChanged_leavesThePolicyAsItWas() {
    PolicyBuilder builder = AccessPolicy.builder("x");
    AccessPolicy before = builder.build();
    builder.allow(CHECKOUT, "/a.B/C");

    assertThat(rule(before, "/a.B/C")).isEmpty();
    assertThat(rule(builder.build(), "/a.B/C")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "a.B/C",
        "/a.B",
        "/a.B/",
        "/a.B/C/D",
        "//C",
        "/a.B/*",
        "/a.B/C\n",
        "/a.B/\u00e9"
      })
  void methodPath_noMethod_isRefused(String text) {
    assertThatThrownBy(() -> MethodPath.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("(expected: /package.Service/Method)");
  }

  @Test
  void methodPath_fullMethodName_getsItsSlash() {
    assertThat(MethodPath.ofFullMethodName("a.B/C")).isEqualTo(MethodPath.parse("/a.B/C"));
    assertThatThrownBy(() -> MethodPath.ofFullMethodName("/a.B/C"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(MethodPath.parse("/a/" + "b".repeat(997)).value()).hasSize(1_000);
    assertThatThrownBy(() -> MethodPath.parse("/a/" + "b".repeat(998)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "/a.B/Get, /a.B/Get, true",
    "/a.B/Get, /a.B/GetAll, false",
    "/a.B/Get, /a.B/get, false",
    "/a.B/Get*, /a.B/Get, true",
    "/a.B/Get*, /a.B/GetAll, true",
    "/a.B/Get*, /a.B/Ge, false",
    "/a.B/*, /a.B/Anything, true",
    "/a.B/*, /a.B2/Anything, false",
    "/a.B*, /a.B2/Anything, true",
    "/a.*, /a.B/C, true",
    "/a.*, /aXB/C, false",
    "/*, /any.Thing/AtAll, true",
  })
  void methodPattern_matches(String pattern, String method, boolean expected) {
    assertThat(MethodPattern.parse(pattern).matches(MethodPath.parse(method))).isEqualTo(expected);
  }

  @Test
  void methodPattern_atAndOverItsLongest() {
    assertThat(MethodPattern.parse("/a/" + "b".repeat(996) + "*").text()).hasSize(1_000);
    assertThatThrownBy(() -> MethodPattern.parse("/a/" + "b".repeat(997) + "*"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void complaint_longOrUnprintableValue_isCutAndEscaped() {
    assertThatThrownBy(() -> MethodPath.parse(" ~\u007f"))
        .hasMessageStartingWith("method: \" ~\\u{7f}\" (expected: ");
    assertThatThrownBy(() -> MethodPath.parse("x".repeat(200)))
        .hasMessageStartingWith("method: \"" + "x".repeat(200) + "\" (expected: ");
    assertThatThrownBy(() -> MethodPath.parse("x".repeat(201)))
        .hasMessageStartingWith("method: \"" + "x".repeat(200) + "...\" (expected: ");
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 0", "-1, 1"})
  void position_belowTheFirst_isRefused(int line, int column) {
    assertThatThrownBy(() -> new Position(line, column))
        .hasMessage("position: " + line + ":" + column + " (expected: both at least 1)");
  }

  private static Optional<String> rule(AccessPolicy policy, String method) {
    return policy
        .decide(Callers.named("checkout"), MethodPath.parse(method))
        .rule()
        .map(RuleName::value);
  }
}
