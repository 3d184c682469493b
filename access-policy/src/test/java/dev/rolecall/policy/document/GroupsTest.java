package dev.rolecall.policy.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.Callers;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.PolicyRule;
import dev.rolecall.policy.RulePrincipal;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Named groups of principals and of accounts. */
@Tag("attack")
final class GroupsTest {

  private static final MethodPath METHOD = MethodPath.parse("/a.B/C");

  private static final String POLICY =
      """
      name: x
      groups:
        writers:
          - arn:aws:iam::111122223333:role/checkout
          - arn:aws:iam::{prod}:role/orders-*
          - sso:{prod}:Admin
        readers: ["arn:aws:iam::{prod}:*"]
        frozen: ["arn:aws:iam::444455556666:role/orders-old"]
      account_groups:
        prod: ["111122223333", "444455556666"]
      deny_rules:
        - {name: d, source: {principals: [group:frozen]}, request: {paths: [/a.B/*]}}
      allow_rules:
        - {name: w, source: {principals: [group:writers]}, request: {paths: [/a.B/C]}}
        - {name: r, source: {principals: [group:readers]}, request: {paths: [/a.B/Get]}}
        - {name: e, source: {principals: ["arn:aws-cn:iam::{prod}:role/t/x"]}, request: {paths: [/a.B/C]}}
      """;

  @ParameterizedTest
  @CsvSource({
    "arn:aws:iam::111122223333:role/checkout, w",
    "arn:aws:iam::444455556666:role/checkout, ''",
    "arn:aws:iam::111122223333:role/orders-a, w",
    "arn:aws:iam::444455556666:role/orders-a, w",
    "arn:aws:iam::444455556666:role/orders-old, d",
    "arn:aws:iam::777788889999:role/orders-a, ''",
    "arn:aws-cn:iam::444455556666:role/orders-a, ''",
    "arn:aws-cn:iam::444455556666:role/x, e",
    "arn:aws:iam::444455556666:role/x, ''",
    "arn:aws:iam::444455556666:role/AWSReservedSSO_Admin_0123456789abcdef, w",
    "arn:aws:iam::777788889999:role/AWSReservedSSO_Admin_0123456789abcdef, ''",
  })
  void decide_byGroups(String role, String rule) {
    assertThat(
            PolicyLoadedTest.loaded(POLICY)
                .decide(Callers.of(role), METHOD)
                .rule()
                .map(Object::toString)
                .orElse(""))
        .isEqualTo(rule);
  }

  @Test
  void rules_keepWhatWasWritten_andWhereItIs() {
    PolicyRule writers =
        PolicyLoadedTest.loaded(POLICY).rules().stream()
            .filter(rule -> rule.name().value().equals("w"))
            .findFirst()
            .orElseThrow();
    RulePrincipal.Group group = (RulePrincipal.Group) writers.principals().get(0);

    assertThat(group.text()).isEqualTo("group:writers");
    assertThat(group.at()).hasToString("Optional[p.yaml:14:37]");
    assertThat(group.group().at()).hasToString("p.yaml:3:3");
    assertThat(group.group().members())
        .extracting(member -> member.at().orElseThrow() + " " + member.text())
        .containsExactly(
            "p.yaml:4:7 arn:aws:iam::111122223333:role/checkout",
            "p.yaml:5:7 arn:aws:iam::{prod}:role/orders-*",
            "p.yaml:6:7 sso:{prod}:Admin");
    assertThat(group.patterns())
        .extracting(Object::toString)
        .containsExactly(
            "arn:aws:iam::111122223333:role/checkout",
            "arn:aws:iam::111122223333:role/orders-*",
            "arn:aws:iam::444455556666:role/orders-*",
            "sso:111122223333:Admin",
            "sso:444455556666:Admin");
  }

  @Test
  void read_pathOfARoleInAccounts_isDroppedAndNotedOnce() {
    assertThat(remarks(POLICY))
        .containsExactly(
            "p.yaml:16:37: role-path-dropped: principals: \"arn:aws-cn:iam::{prod}:role/t/x\" means"
                + " arn:aws-cn:iam::{prod}:role/x: STS does not tell a role's path");
  }

  @Test
  void read_groupsThatNothingUses_areNoted() {
    assertThat(
            remarks(
                """
                name: x
                groups: {a: ["arn:aws:iam::{one}:*"], b: ["key:ci"]}
                account_groups: {one: ["111122223333"], two: ["111122223333"]}
                allow_rules:
                - {name: r, source: {principals: ["group:b"]}, request: {paths: [/a.B/C]}}
                """))
        .containsExactly(
            "p.yaml:2:10: unused-group: group \"a\" is used by no rule",
            "p.yaml:3:41: unused-account-group: account group \"two\" is used by no principal");
  }

  static Stream<Arguments> principals() {
    return Stream.of(
        arguments(
            "group:writrs",
            "unknown-group: principals: \"group:writrs\" (expected: group:writers)"),
        arguments(
            "group:Writers",
            "unknown-group: principals: \"group:Writers\" (expected: group:writers)"),
        arguments(
            "group:",
            "unknown-group: principals: \"group:\" (expected: one of the policy's groups:"
                + " writers, r)"),
        arguments(
            "group:somebody else",
            "unknown-group: principals: \"group:somebody else\" (expected: one of the policy's"
                + " groups: writers, r)"),
        arguments(
            "arn:aws:iam::{prd}:role/x",
            "unknown-account-group: principals: \"arn:aws:iam::{prd}:role/x\""
                + " (expected: arn:aws:iam::{prod}:role/x)"),
        arguments(
            "sso:{staging}:Admin",
            "unknown-account-group: principals: \"sso:{staging}:Admin\" (expected: one of the"
                + " policy's account groups: prod)"),
        arguments(
            "sso:aws-us-gov:{prd}:Admin",
            "unknown-account-group: principals: \"sso:aws-us-gov:{prd}:Admin\""
                + " (expected: sso:aws-us-gov:{prod}:Admin)"),
        arguments(
            "arn:aws:iam::{prod}:role/x#AROAEXAMPLE000000001",
            "invalid-principal: principals: \"arn:aws:iam::{prod}:role/x#AROAEXAMPLE000000001\""
                + " (expected: no unique id behind an account group:"
                + " an id belongs to the role of one account)"),
        arguments("arn:aws:iam::{prod:role/x", braces("arn:aws:iam::{prod:role/x")),
        arguments("arn:aws:iam::prod}:role/x", braces("arn:aws:iam::prod}:role/x")),
        arguments("arn:aws:iam::{prod}1:role/x", braces("arn:aws:iam::{prod}1:role/x")),
        arguments("arn:aws:iam::{prod}{prod}:role/x", braces("arn:aws:iam::{prod}{prod}:role/x")),
        arguments(
            "arn:aws:iam::111122223333:role/{prod}",
            braces("arn:aws:iam::111122223333:role/{prod}")),
        arguments("arn:{prod}:iam::{prod}:role/x", braces("arn:{prod}:iam::{prod}:role/x")),
        arguments("{prod}", braces("{prod}")),
        arguments("key:{prod}", braces("key:{prod}")),
        arguments(
            "arn:aws:iam::{prod}:user/kim",
            "invalid-principal: principals: \"arn:aws:iam::{prod}:user/kim\": role ARN:"
                + " arn:aws:iam::{prod}:user/kim (expected: arn:{partition}:iam::{account}:role/{name};"
                + " users, root and assumed-role sessions are not roles)"),
        arguments(
            "arn:aws:sts::{prod}:assumed-role/x/session",
            braces("arn:aws:sts::{prod}:assumed-role/x/session")),
        arguments(
            "arn:aws:iam::{prod}:root",
            "invalid-principal: principals: \"arn:aws:iam::{prod}:root\""
                + " (expected: arn:aws:iam::{prod}:*)"),
        arguments(
            "arn:aws:iam::{prod}:role/team/x-*",
            "invalid-principal: principals: \"arn:aws:iam::{prod}:role/team/x-*\" (expected: a prefix"
                + " without a path: STS drops paths, so the pattern would mean roles of every path)"),
        arguments(
            "arn:aws:iam::*:role/x",
            "invalid-principal: principals: \"arn:aws:iam::*:role/x\""
                + " (expected: a pattern of one account: any AWS account can make a valid proof)"));
  }

  private static String braces(String text) {
    return "invalid-principal: principals: \""
        + text
        + "\" (expected: {name} in the place of the account alone, such as"
        + " arn:aws:iam::{prod}:role/checkout)";
  }

  @ParameterizedTest
  @MethodSource("principals")
  void read_principalOfNoGroup_saysWhatWouldBeRight(String principal, String problem) {
    assertThat(
            remarks(
                """
                name: x
                account_groups: {prod: ["111122223333"]}
                groups: {writers: ["key:ci"], r: ["key:ci"]}
                allow_rules:
                - name: r
                  source: {principals: ["%s"]}
                  request: {paths: [/a.B/C]}
                """
                    .formatted(principal)))
        .containsExactly("p.yaml:6:25: " + problem);
  }

  static Stream<Arguments> definitions() {
    String name = " (expected: a lower-case letter, then at most 62 of a-z 0-9 _ and -)";
    return Stream.of(
        arguments(
            "groups: []",
            "1:9: wrong-type: groups: an empty list (expected: a mapping of at least one)"),
        arguments(
            "groups: {}",
            "1:9: wrong-type: groups: an empty mapping (expected: a mapping of at least one)"),
        arguments(
            "groups:", "1:8: wrong-type: groups: nothing (expected: a mapping of at least one)"),
        arguments(
            "groups: {a: []}",
            "1:13: wrong-type: group \"a\": an empty list (expected: a list of at least one)"),
        arguments(
            "groups: {a: key:ci}",
            "1:13: wrong-type: group \"a\": \"key:ci\" is a string (expected: a list of at least one, such as [\"key:ci\"])"),
        arguments("groups: {A: ['key:ci']}", "1:10: invalid-name: group \"A\"" + name),
        arguments("groups: {'': ['key:ci']}", "1:10: invalid-name: group \"\"" + name),
        arguments("groups: {1a: ['key:ci']}", "1:10: invalid-name: group \"1a\"" + name),
        arguments("groups: {a.b: ['key:ci']}", "1:10: invalid-name: group \"a.b\"" + name),
        arguments(
            "groups: {" + "a".repeat(64) + ": ['key:ci']}",
            "1:10: invalid-name: group \"" + "a".repeat(64) + "\"" + name),
        arguments(
            "groups: {a: ['key:ci'], a: ['key:ci']}",
            "1:25: repeated-name: group \"a\" (expected: a unique name;"
                + " the group at 1:10 has it too)"),
        arguments(
            "account_groups: {a: ['111122223333'], a: ['111122223333']}",
            "1:39: repeated-name: account group \"a\" (expected: a unique name;"
                + " the account group at 1:18 has it too)"),
        arguments(
            "groups: {a: ['group:b'], b: ['key:ci']}",
            "1:14: nested-group: group \"a\": \"group:b\""
                + " (expected: no group in a group, but its members)"),
        arguments(
            "groups: {a: ['*']}",
            "1:14: invalid-principal: group \"a\": \"*\" (expected: a pattern of one account:"
                + " any AWS account can make a valid proof)"),
        arguments(
            "groups: {a: ['arn:aws:iam::{prod}:*']}",
            "1:14: unknown-account-group: group \"a\": \"arn:aws:iam::{prod}:*\""
                + " (expected: one of the policy's account groups; it has none)"),
        arguments(
            "account_groups: {a: []}",
            "1:21: wrong-type: account group \"a\": an empty list (expected: a list of at least one)"),
        arguments(
            "account_groups: {a: ['11112222333']}",
            "1:22: invalid-account: account group \"a\": \"11112222333\" has 11 digits"
                + " (expected: an account id of 12 digits)"),
        arguments(
            "account_groups: {a: ['1111-2222-3333']}",
            "1:22: invalid-account: account group \"a\": \"1111-2222-3333\""
                + " (expected: an account id of 12 digits)"),
        arguments(
            "account_groups: {B: ['111122223333']}",
            "1:18: invalid-name: account group \"B\"" + name));
  }

  @ParameterizedTest
  @MethodSource("definitions")
  void read_definitionThatIsWrong_saysWhereAndWhatWouldBeRight(String text, String problem) {
    assertThat(remarks(text + "\nname: x\n")).containsExactly("p.yaml:" + problem);
  }

  @Test
  void read_ruleOfAGroupThatIsWrong_isNotAProblemToo() {
    assertThat(
            remarks(
                """
                name: x
                groups: {a: ['*']}
                allow_rules:
                - {name: r, source: {principals: ["group:a"]}, request: {paths: [/a.B/C]}}
                """))
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "a_-9", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
  void read_nameAtItsBounds_isAGroup(String name) {
    String text =
        """
        name: x
        groups: {%s: ['key:ci']}
        allow_rules:
        - {name: r, source: {principals: ["group:%s"]}, request: {paths: [/a.B/C]}}
        """;

    assertThat(remarks(text.formatted(name, name))).isEmpty();
  }

  @Test
  void read_accountsAtAndOverTheBound() {
    assertThat(remarks(ofAccounts(10_000, 1))).isEmpty();
    assertThat(remarks(ofAccounts(10_001, 1)))
        .containsExactly(
            "p.yaml:2:150022: too-many: account group \"a\": 10001 accounts (expected: at most 10000)");
  }

  @Test
  void read_principalsAtAndOverTheBound_eachGroupCountedOnce() {
    assertThat(remarks(ofAccounts(10_000, 10))).isEmpty();
    assertThat(remarks(ofAccounts(9_999, 11)))
        .containsExactly(
            "p.yaml:3:294: too-many: more than 100000 principals in the policy (expected: at most"
                + " 100000, one for each account of an account group, each group counted once)");
  }

  @Test
  void decide_patternsOfTenThousandAccounts_findsTheOneOfTheCaller() {
    AccessPolicy policy = PolicyLoadedTest.loaded(ofAccounts(10_000, 10));

    assertThat(policy.decide(Callers.of("arn:aws:iam::000000009999:role/r9x"), METHOD).isAllowed())
        .isTrue();
    assertThat(policy.decide(Callers.of("arn:aws:iam::000000010000:role/r9x"), METHOD).isAllowed())
        .isFalse();
  }

  /** One group, which two rules name, of so many patterns in each of so many accounts. */
  private static String ofAccounts(int accounts, int patterns) {
    return "name: x\naccount_groups: {a: ["
        + IntStream.range(0, accounts).mapToObj("'%012d'"::formatted).collect(joining(","))
        + "]}\ngroups: {g: ["
        + IntStream.range(0, patterns)
            .mapToObj("'arn:aws:iam::{a}:role/r%d*'"::formatted)
            .collect(joining(","))
        + "]}\nallow_rules:\n"
        + Stream.of("r1", "r2")
            .map(
                rule ->
                    "- {name: "
                        + rule
                        + ", source: {principals: ['group:g']}, request: {paths: [/a.B/C, /"
                        + rule
                        + ".B/C]}}\n")
            .collect(joining());
  }

  private static List<String> remarks(String text) {
    return PolicyDocument.read("p.yaml", text.getBytes(UTF_8))
        .fold(
            loaded ->
                loaded.notes().stream()
                    .filter(note -> !note.code().equals("no-allow-rules"))
                    .map(note -> note.at() + ": " + note.code() + ": " + note.message())
                    .toList(),
            rejected ->
                rejected.problems().stream()
                    .map(
                        p ->
                            p.source()
                                + ":"
                                + p.at().orElseThrow()
                                + ": "
                                + p.code()
                                + ": "
                                + p.message())
                    .toList());
  }
}
