package dev.rolecall.policy.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.rolecall.policy.PolicyRule;
import dev.rolecall.policy.condition.HeaderName;
import dev.rolecall.policy.grant.GrantRequirement;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.policy.grant.ResourceTemplate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The grants that rules require, as a policy's text has them. */
@Tag("attack")
final class GrantsReadTest {

  private static final String TYPE = "a permission, or a mapping of permission and resource";
  private static final String HEADER =
      "a header that holds no credential; principals mean the callers";

  private static final String RULE =
      """
      name: x
      %s_rules:
        - name: r
          source:
            principals: ["arn:aws:iam::111122223333:role/a"]
            %s
          request: {paths: ["/a.B/C"]}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "requires_grant: orders-admin | orders-admin",
        "requires_grant: {permission: orders-admin} | orders-admin",
        "requires_grant: {permission: orders.v1_a, resource: orders/eu} | orders.v1_a orders/eu",
        "requires_grant: {resource: \"orders/{header:x-region}\", permission: a}"
            + " | a orders/{header:x-region}",
        "requires_grant: \"null\" | null",
      })
  void allowRule_withAGrant_requiresIt(String line, String requirement) {
    PolicyRule rule = loaded(RULE.formatted("allow", line)).policy().rules().get(0);

    assertThat(rule.source().grant().map(GrantRequirement::toString)).contains(requirement);
  }

  @Test
  void allowRule_withoutAGrant_requiresNone() {
    assertThat(loaded(RULE.formatted("allow", "")).policy().rules().get(0).source().grant())
        .isEmpty();
  }

  @Test
  void policy_inJson_isReadAlike() {
    String json =
        """
        {"name": "x", "allow_rules": [{"name": "r",
          "source": {"principals": ["key:ci"],
            "requires_grant": {"permission": "orders-admin", "resource": "orders/{header:x-a}"}},
          "request": {"paths": ["/a.B/C"]}}]}
        """;

    assertThat(loaded(json).policy().rules().get(0).source().grant())
        .contains(GrantRequirement.of("orders-admin", "orders/{header:x-a}"));
    assertThat(loaded(json).policy().permissions())
        .containsExactly(PermissionName.of("orders-admin"));
    assertThat(ResourceTemplate.parse("orders/{header:x-a}").headers())
        .containsExactly(HeaderName.parse("x-a"));
  }

  /** Texts whose sixth line is wrong. */
  static Stream<Arguments> refused() {
    return refusedLines()
        .map(row -> arguments(RULE.formatted("allow", row.get()[0]), row.get()[1]));
  }

  private static Stream<Arguments> refusedLines() {
    return Stream.of(
        arguments("requires_grant:", "6:22: requires_grant: nothing (expected: " + TYPE + ")"),
        arguments(
            "requires_grant: ''", "6:23: permission:  (expected: " + PermissionName.RULE + ")"),
        arguments(
            "requires_grant: 7",
            "6:23: requires_grant: \"7\" is a number (expected: " + TYPE + ")"),
        arguments(
            "requires_grant: true",
            "6:23: requires_grant: \"true\" is true or false (expected: " + TYPE + ")"),
        arguments(
            "requires_grant: [orders-admin]",
            "6:23: requires_grant: a list (expected: " + TYPE + ")"),
        arguments(
            "requires_grant: {}",
            "6:23: requires_grant has no \"permission\" (expected: a permission key)"),
        arguments(
            "requires_grant: {resource: orders}",
            "6:23: requires_grant has no \"permission\" (expected: a permission key)"),
        arguments(
            "requires_grant: Orders-Admin",
            "6:23: permission: \"Orders-Admin\" (expected: orders-admin)"),
        arguments(
            "requires_grant: {permission: ORDERS}",
            "6:36: permission: \"ORDERS\" (expected: orders)"),
        arguments(
            "requires_grant: orders admin",
            "6:23: permission: orders admin (expected: " + PermissionName.RULE + ")"),
        arguments(
            "requires_grant: \"orders\\nadmin\"",
            "6:23: permission: orders\\u{a}admin (expected: " + PermissionName.RULE + ")"),
        arguments(
            "requires_grant: orders-admin:orders/eu",
            "6:23: permission: orders-admin:orders/eu (expected: " + PermissionName.RULE + ")"),
        arguments(
            "requires_grant: {permission: [a]}", "6:36: permission: a list (expected: a string)"),
        arguments(
            "requires_grant: {permission: a, resource: }",
            "6:48: resource: nothing (expected: a string)"),
        arguments(
            "requires_grant: {permission: a, resource: [b]}",
            "6:49: resource: a list (expected: a string)"),
        arguments(
            "requires_grant: {permission: a, resource: 7}",
            "6:49: resource: \"7\" is a number (expected: a string, in quotes: \"7\")"),
        arguments(
            "requires_grant: {permission: a, resource: /b}",
            "6:49: resource: /b (expected: " + ResourceTemplate.RULE + ")"),
        arguments(
            "requires_grant: {permission: a, resource: ../b}",
            "6:49: resource: ../b (expected: " + ResourceTemplate.RULE + ")"),
        arguments(
            "requires_grant: {permission: a, resource: b/*}",
            "6:49: resource: b/* (expected: " + ResourceTemplate.RULE + ")"),
        arguments(
            "requires_grant: {permission: a, resource: \"b/{header:authorization}\"}",
            "6:49: header: \"authorization\" (expected: " + HEADER + ")"),
        arguments(
            "requires_grant: {permission: a, resource: \"b/{header:x-api-key}\"}",
            "6:49: header: \"x-api-key\" (expected: " + HEADER + ")"),
        arguments(
            "requires_grant: {permission: a, resource: \"b/{header:X-Region}\"}",
            "6:49: header: \"X-Region\" (expected: x-region, in lower case)"),
        arguments(
            "requires_grant: {permission: a, resource: \"b/{header:}\"}",
            "6:49: header: \"\" (expected: " + HeaderName.EXPECTED + ")"),
        arguments(
            "requires_grant: {permission: a, resource: \"{claim:sub}\"}",
            "6:49: resource: {claim:sub} (expected: " + ResourceTemplate.RULE + ")"),
        arguments(
            "requires_grant: {permission: a, resources: [b]}",
            "6:39: unknown key \"resources\" (expected: resource)"),
        arguments(
            "requires_grant: {permission: a, permission: b}",
            "6:39: repeated key \"permission\" (expected: once; it is at 6:24 too)"),
        arguments(
            "require_grant: a", "6:7: unknown key \"require_grant\" (expected: requires_grant)"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void grant_thatIsNone_isRefusedAtItsPlace(String text, String problem) {
    assertThat(problems(text))
        .extracting(PolicyProblem::toString)
        .containsExactly("policy.yaml:" + problem);
  }

  @ParameterizedTest
  @CsvSource({"a", "7", "'{permission: a}'", "'[a]'"})
  void denyRule_withAGrant_isRefused(String value) {
    assertThat(problems(RULE.formatted("deny", "requires_grant: " + value)))
        .extracting(PolicyProblem::toString)
        .containsExactly(
            "policy.yaml:6:7: requires_grant in a deny rule (expected: in an allow rule; a grant"
                + " lifts no denial)");
    assertThat(problems(RULE.formatted("deny", "requires_grant: " + value)))
        .extracting(PolicyProblem::code)
        .containsExactly("invalid-grant");
  }

  @Test
  void grant_outsideOfTheSource_isSaidToBelongThere() {
    String text =
        """
        name: x
        allow_rules:
          - name: r
            requires_grant: a
            source: {principals: ["key:ci"]}
            request: {paths: ["/a.B/C"]}
        """;

    assertThat(problems(text))
        .extracting(PolicyProblem::message)
        .containsExactly("unknown key \"requires_grant\" (expected: requires_grant under source)");
  }

  static Stream<Arguments> together() {
    String granted = "principals: [%s], requires_grant: a";
    String role = "'arn:aws:iam::111122223333:role/x'";
    String account = "'arn:aws:iam::111122223333:*'";
    return Stream.of(
        arguments(granted.formatted(role), "/a.B/C", "principals: [" + role + "]", "/a.B/C", true),
        arguments(
            granted.formatted(role), "/a.B/C", "principals: [" + account + "]", "/a.B/*", true),
        arguments(
            granted.formatted(role), "/a.B/Get*", "principals: [" + role + "]", "/a.B/G*", true),
        arguments(
            granted.formatted("'sso:111122223333:Admin'"),
            "/a.B/C",
            "principals: [" + account + "]",
            "/*",
            true),
        arguments(
            granted.formatted("'arn:aws:iam::111122223333:role/x#AROAEXAMPLE000000001'"),
            "/a.B/C",
            "principals: [" + role + "]",
            "/a.B/C",
            true),
        arguments(
            granted.formatted("'oidc:okta:team/a/*'"),
            "/a.B/C",
            "principals: ['oidc:okta:team/*'], actors: any",
            "/a.B/C",
            true),
        arguments(
            granted.formatted("'group:g'"), "/a.B/C", "principals: ['group:g']", "/a.B/C", true),
        arguments(
            granted.formatted("'group:g'"),
            "/a.B/C",
            "principals: ['key:ci', 'key:cd']",
            "/a.B/C",
            true),
        // The open rule means less.
        arguments(
            granted.formatted(account), "/a.B/C", "principals: [" + role + "]", "/a.B/C", false),
        arguments(granted.formatted(role), "/a.B/*", "principals: [" + role + "]", "/a.B/C", false),
        arguments(granted.formatted(role), "/a.B/C", "principals: ['key:ci']", "/a.B/C", false),
        arguments(
            granted.formatted(role),
            "/a.B/C",
            "principals: ['arn:aws:iam::111122223333:role/x#AROAEXAMPLE000000001']",
            "/a.B/C",
            false),
        arguments(
            granted.formatted("'oidc:okta:x#y'"),
            "/a.B/C",
            "principals: ['oidc:okta:x']",
            "/a.B/C",
            false),
        arguments(
            granted.formatted("'group:g'"), "/a.B/C", "principals: ['key:ci']", "/a.B/C", false),
        arguments(
            granted.formatted(role),
            "/a.B/C",
            "principals: [" + role + "], networks: ['10.0.0.0/8']",
            "/a.B/C",
            false),
        arguments(
            granted.formatted("'oidc:okta:x'"),
            "/a.B/C",
            "principals: ['oidc:okta:x'], scopes: [s]",
            "/a.B/C",
            false),
        arguments(
            granted.formatted("'oidc:okta:x'") + ", actors: any",
            "/a.B/C",
            "principals: ['oidc:okta:x']",
            "/a.B/C",
            false),
        // The other rule requires a grant too.
        arguments(
            granted.formatted(role),
            "/a.B/C",
            "principals: [" + role + "], requires_grant: other",
            "/a.B/C",
            false));
  }

  @ParameterizedTest
  @MethodSource("together")
  void grant_thatAnotherRuleMakesNeedless_isNoted(
      String granted, String itsPath, String open, String openPath, boolean noted) {
    String text =
        """
        name: x
        groups: {g: ["key:ci", "key:cd"], h: ["key:x"]}
        allow_rules:
          - name: granted
            source: {%s}
            request: {paths: ["%s"]}
          - name: open
            source: {%s}
            request: {paths: ["%s"]}
        """
            .formatted(granted, itsPath, open, openPath);

    assertThat(notes(text))
        .filteredOn(note -> note.code().equals("needless-grant"))
        .extracting(PolicyNote::toString)
        .containsExactlyElementsOf(
            noted
                ? List.of(
                    "policy.yaml:4:5: rule \"granted\" requires a grant that is never needed: rule"
                        + " \"open\" at 7:5 allows it without one")
                : List.of());
  }

  @Test
  void grant_thatIsNeedlessForSome_isNotedWithTheFirstOfThem() {
    String text =
        """
        name: x
        allow_rules:
          - name: granted
            source: {principals: ["key:a", "key:b", "key:c"], requires_grant: p}
            request: {paths: ["/a.B/C", "/a.B/Get"]}
          - name: open
            source: {principals: ["key:b", "key:c"]}
            request: {paths: ["/a.B/Get*"]}
        """;

    assertThat(notes(text))
        .extracting(PolicyNote::message)
        .containsExactly(
            "rule \"granted\" requires a grant that is not needed by \"key:b\" for \"/a.B/Get\":"
                + " rule \"open\" at 6:5 allows it without one");
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "orders-admin, orders-admni, orders-admni, orders-admin",
        "orders-admin, orders-admi, orders-admi, orders-admin",
        "orders.admin, orders-admin, orders-admin, orders.admin",
        "orders-admin, orders-admin, -, -",
        "orders-admin, payments-admin, -, -",
        "orders-v1, orders-v2, -, -",
        "orders-eu, orders-us, -, -",
        "orders, orders-admin, -, -",
      })
  void permission_thatIsOneLetterAwayFromAnother_isNoted(
      String first, String second, String slip, String meant) {
    String text =
        """
        name: x
        allow_rules:
          - name: one
            source: {principals: ["key:a"], requires_grant: %s}
            request: {paths: ["/a.B/C"]}
          - name: other
            source: {principals: ["key:a"], requires_grant: %s}
            request: {paths: ["/a.B/D"]}
        """
            .formatted(first, second);

    assertThat(notes(text))
        .extracting(PolicyNote::toString)
        .containsExactlyElementsOf(
            slip.equals("-")
                ? List.of()
                : List.of(
                    "policy.yaml:6:5: rule \"other\" requires a grant of "
                        + slip
                        + ", which is one letter away from "
                        + meant
                        + " of rule \"one\" at 3:5"));
  }

  @Test
  void permission_thatIsUsedLessOften_isTheSlip() {
    String rule =
        """
          - name: %s
            source: {principals: ["key:a"], requires_grant: %s}
            request: {paths: ["/a.B/%s"]}
        """;
    String text =
        "name: x\nallow_rules:\n"
            + rule.formatted("one", "ordres", "C")
            + rule.formatted("two", "orders", "D")
            + rule.formatted("three", "orders", "E");

    assertThat(notes(text))
        .extracting(PolicyNote::message)
        .containsExactly(
            "rule \"one\" requires a grant of ordres, which is one letter away from orders of rule"
                + " \"two\" at 6:5");
  }

  @Test
  void rules_thatDifferInTheGrantAlone_areNotRepeated() {
    String text =
        """
        name: x
        allow_rules:
          - name: one
            source: {principals: ["key:a"], requires_grant: night-shift}
            request: {paths: ["/a.B/C"]}
          - name: other
            source: {principals: ["key:a"], requires_grant: orders-admin}
            request: {paths: ["/a.B/C"]}
        """;

    assertThat(notes(text)).isEmpty();
    assertThat(notes(text.replace("night-shift", "orders-admin")))
        .extracting(PolicyNote::code)
        .containsExactly("repeated-rule");
  }

  private static List<PolicyNote> notes(String text) {
    return loaded(text).notes().stream()
        .filter(note -> !note.code().equals("unused-group"))
        .filter(note -> !note.code().equals("spans-services"))
        .toList();
  }

  private static PolicyReading.Loaded loaded(String text) {
    return read(text)
        .fold(
            loaded -> loaded,
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

  private static PolicyReading read(String text) {
    return PolicyDocument.read("policy.yaml", text.getBytes(UTF_8));
  }
}
