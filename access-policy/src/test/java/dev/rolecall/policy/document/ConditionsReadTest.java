package dev.rolecall.policy.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicyRule;
import dev.rolecall.policy.condition.CallConditions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The conditions of a policy's text: those that are right, and every way they can be wrong. */
@Tag("attack")
final class ConditionsReadTest {

  private static final String PRINCIPALS = "principals: ['arn:aws:iam::111122223333:*']";
  private static final String NETWORK =
      "a network such as 10.0.0.0/8 or 2001:db8::/32, or one address";

  @Test
  void policy_withConditions_hasThem() {
    String text =
        """
        name: x
        allow_rules:
          - name: r
            source:
              principals: ["arn:aws:iam::111122223333:*"]
              networks: ["10.0.0.0/8", "2001:db8::/32", "192.0.2.1"]
            request:
              paths: ["/a.B/C"]
              headers:
                - {key: x-tenant, values: ["blue", "green-*"]}
                - {key: x-stage, values: ["*"]}
        """;

    assertThat(loaded(text).rules())
        .extracting(PolicyRule::conditions)
        .containsExactly(
            CallConditions.from("10.0.0.0/8", "2001:db8::/32", "192.0.2.1/32")
                .and(CallConditions.withHeader("x-tenant", "blue", "green-*"))
                .and(CallConditions.withHeader("x-stage", "*")));
  }

  @Test
  void policy_withoutConditions_hasNone() {
    String text = rule(PRINCIPALS, "paths: [/a.B/C]");

    assertThat(loaded(text).rules())
        .extracting(PolicyRule::conditions)
        .containsExactly(CallConditions.none());
  }

  static Stream<Arguments> networks() {
    return Stream.of(
        arguments("[]", "networks: an empty list (expected: a list of at least one)"),
        arguments("~", "networks: \"~\" is nothing (expected: a list of at least one)"),
        arguments(
            "10.0.0.0/8",
            "networks: \"10.0.0.0/8\" is a string (expected: a list of at least one,"
                + " such as [\"10.0.0.0/8\"])"),
        arguments("[8]", "networks: \"8\" is a number (expected: a string, in quotes: \"8\")"),
        arguments("[10.0.0.1/8]", "network: \"10.0.0.1/8\" (expected: 10.0.0.0/8)"),
        arguments(
            "[0.0.0.0/0]",
            "network: \"0.0.0.0/0\" (expected: no networks key, which means every address)"),
        arguments("[vpc.example]", "network: \"vpc.example\" (expected: " + NETWORK + ")"),
        arguments("[10.0.0.0/33]", "network: \"10.0.0.0/33\" (expected: a prefix of 1 to 32 bits)"),
        arguments(
            IntStream.range(0, 1_001)
                .mapToObj(i -> "10.0.0.1")
                .collect(Collectors.joining(", ", "[", "]")),
            "networks: 1001 (expected: at most 1000)"));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void networks_thatAreWrong_areRejected(String networks, String problem) {
    assertThat(problems(rule(PRINCIPALS + "\n      networks: " + networks, "paths: [/a.B/C]")))
        .singleElement()
        .satisfies(found -> assertThat(found.message()).isEqualTo(problem))
        .satisfies(found -> assertThat(found.at().orElseThrow().line()).isEqualTo(6));
  }

  static Stream<Arguments> headers() {
    String credential = "a header that holds no credential; principals mean the callers";
    return Stream.of(
        arguments("[]", "headers: an empty list (expected: a list of at least one)"),
        arguments("{x-tenant: blue}", "headers: a mapping (expected: a list of at least one)"),
        arguments("[x-tenant]", "a header: \"x-tenant\" is a string (expected: a mapping)"),
        arguments("[{key: x-tenant}]", "a header has no \"values\" (expected: a values key)"),
        arguments("[{values: [blue]}]", "a header has no \"key\" (expected: a key key)"),
        arguments(
            "[{name: x-tenant, key: x, values: [a]}]",
            "unknown key \"name\" (expected: key, values)"),
        arguments(
            "[{key: x, value: [a], values: [a]}]", "unknown key \"value\" (expected: values)"),
        arguments(
            "[{key: x, values: []}]", "values: an empty list (expected: a list of at least one)"),
        arguments(
            "[{key: x, values: [1]}]",
            "values: \"1\" is a number (expected: a string, in quotes: \"1\")"),
        arguments(
            "[{key: x, values: [true]}]", "values: \"true\" is true or false (expected: a string)"),
        arguments(
            "[{key: X-Tenant, values: [a]}]",
            "header: \"X-Tenant\" (expected: x-tenant, in lower case)"),
        arguments(
            "[{key: authorization, values: ['*']}]",
            "header: \"authorization\" (expected: " + credential + ")"),
        arguments(
            "[{key: x-session-id, values: ['*']}]",
            "header: \"x-session-id\" (expected: " + credential + ")"),
        arguments(
            "[{key: ':path', values: ['*']}]",
            "header: \":path\" (expected: a header's name; paths mean the methods)"),
        arguments(
            "[{key: trace-bin, values: ['*']}]",
            "header: \"trace-bin\" (expected: a header that the application itself sends as text)"),
        arguments(
            "[{key: x, values: ['b*e']}]",
            "header value: \"b*e\" (expected: 1 to 1000 printable ASCII characters, first and last"
                + " no space, at most one * at one end)"),
        arguments(
            "[{key: x, values: [a]}, {key: x, values: [b]}]",
            "headers: \"x\" twice (expected: once, with all its values)"));
  }

  @ParameterizedTest
  @MethodSource("headers")
  void headers_thatAreWrong_areRejected(String headers, String problem) {
    assertThat(problems(rule(PRINCIPALS, "paths: [/a.B/C]\n      headers: " + headers)))
        .singleElement()
        .satisfies(found -> assertThat(found.message()).isEqualTo(problem))
        .satisfies(found -> assertThat(found.at().orElseThrow().line()).isEqualTo(8));
  }

  @Test
  void problems_ofSeveralConditions_areAllSaid() {
    String text =
        rule(
            PRINCIPALS + "\n      networks: [10.0.0.1/8, x]",
            "paths: [/a.B/C]\n      headers: [{key: cookie, values: ['a*b', '']}]");

    assertThat(problems(text)).hasSize(5);
  }

  @Test
  void denyRule_byHeaders_isNoted() {
    String deny =
        rule(PRINCIPALS, "paths: [/a.B/C]\n      headers: [{key: x-tenant, values: [red]}]")
            .replace("allow_rules", "deny_rules");

    assertThat(notes(deny))
        .contains("rule \"r\" denies by headers: a caller avoids it by leaving a header out");
    assertThat(notes(deny.replace("deny_rules", "allow_rules"))).isEmpty();
  }

  private static String rule(String source, String request) {
    return "name: x\nallow_rules:\n  - name: r\n    source:\n      "
        + source
        + "\n    request:\n      "
        + request
        + "\n";
  }

  private static AccessPolicy loaded(String text) {
    return read(text)
        .fold(
            PolicyReading.Loaded::policy,
            rejected -> {
              throw new AssertionError(rejected.problems());
            });
  }

  private static List<PolicyProblem> problems(String text) {
    return read(text)
        .fold(
            loaded -> {
              throw new AssertionError(loaded.policy().rules());
            },
            PolicyReading.Rejected::problems);
  }

  private static List<String> notes(String text) {
    return read(text)
        .fold(
            loaded -> loaded.notes().stream().map(PolicyNote::message).toList(),
            rejected -> {
              throw new AssertionError(rejected.problems());
            });
  }

  private static PolicyReading read(String text) {
    return PolicyDocument.read("policy.yaml", text.getBytes(UTF_8));
  }
}
