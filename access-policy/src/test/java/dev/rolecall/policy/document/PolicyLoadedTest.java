package dev.rolecall.policy.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RoleId;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.Callers;
import dev.rolecall.policy.Decision;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.Validity;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The meaning of a policy's text. */
@Tag("attack")
final class PolicyLoadedTest {

  static final String ORDERS =
      """
      name: orders
      deny_rules:
        - name: frozen
          source: {principals: ["arn:aws:iam::111122223333:role/contractor-*"]}
          request: {paths: ["/orders.v1.Orders/Delete"]}
      allow_rules:
        - name: checkout writes
          source: {principals: ["arn:aws:iam::111122223333:role/checkout"]}
          request: {paths: ["/orders.v1.Orders/Create", "/orders.v1.Orders/Cancel"]}
        - name: pinned
          source: {principals: ["arn:aws:iam::111122223333:role/batch#AROAEXAMPLE000000001"]}
          request: {paths: ["/orders.v1.Orders/Create"]}
        - name: admins
          source: {principals: ["sso:111122223333:Admin", "arn:aws:iam::111122223333:role/contractor-*"]}
          request: {paths: ["/orders.v1.Orders/*"]}
        - name: everyone in the account reads
          source: {principals: ["arn:aws:iam::111122223333:*"]}
          request: {paths: ["/orders.v1.Orders/Get*"]}
      public_methods: ["/grpc.health.v1.Health/*"]
      """;

  @ParameterizedTest
  @CsvSource({
    "checkout, Create, checkout writes",
    "checkout, Cancel, checkout writes",
    "checkout, Delete, ''",
    "checkout, create, ''",
    "checkout2, Create, ''",
    "batch, Create, pinned",
    "AWSReservedSSO_Admin_0123456789abcdef, Delete, admins",
    "AWSReservedSSO_Admin_Other_0123456789abcdef, Delete, ''",
    "contractor-1, Create, admins",
    "contractor-1, Delete, no: frozen",
    "anybody, Get, everyone in the account reads",
    "anybody, GetAll, everyone in the account reads",
    "anybody, Ge, ''",
  })
  void decide_byTheRules(String role, String method, String expected) {
    Decision decision =
        loaded(ORDERS).decide(Callers.named(role), MethodPath.parse("/orders.v1.Orders/" + method));

    assertThat(said(decision)).isEqualTo(expected);
  }

  @Test
  void decide_otherAccountPartitionOrService_isDenied() {
    AccessPolicy policy = loaded(ORDERS);
    MethodPath create = MethodPath.parse("/orders.v1.Orders/Create");

    for (String arn :
        List.of(
            "arn:aws:iam::111122223334:role/checkout",
            "arn:aws-cn:iam::111122223333:role/checkout")) {
      assertThat(policy.decide(Callers.of(arn), create).isAllowed()).isFalse();
    }
    assertThat(
            policy
                .decide(Callers.named("checkout"), MethodPath.parse("/orders.v2.Orders/Create"))
                .isAllowed())
        .isFalse();
  }

  @Test
  void decide_pinnedRoleCreatedAgain_isAStranger() {
    Caller again = Callers.of(Callers.ROLE + "batch", RoleId.parse("AROAEXAMPLE000000002"));
    MethodPath create = MethodPath.parse("/orders.v1.Orders/Create");
    AccessPolicy policy = loaded(ORDERS);

    // The first answer is remembered; it must not be given to the second.
    assertThat(policy.decide(Callers.named("batch"), create).isAllowed()).isTrue();
    assertThat(policy.decide(again, create).isAllowed()).isFalse();
  }

  @Test
  void isPublic_listedMethodsOnly() {
    AccessPolicy policy = loaded(ORDERS);

    assertThat(policy.isPublic(MethodPath.parse("/grpc.health.v1.Health/Check"))).isTrue();
    assertThat(policy.isPublic(MethodPath.parse("/grpc.health.v1.Health2/Check"))).isFalse();
    assertThat(policy.isPublic(MethodPath.parse("/orders.v1.Orders/Get"))).isFalse();
    assertThat(
            policy.isPublic(
                MethodPath.parse("/grpc.reflection.v1.ServerReflection/ServerReflectionInfo")))
        .isFalse();
  }

  @Test
  void decide_nameAlone_deniesEverything() {
    AccessPolicy policy = loaded("name: orders\n");

    assertThat(policy.decide(Callers.named("checkout"), MethodPath.parse("/a.B/C")))
        .isEqualTo(new Decision.Denied(Optional.empty(), new Validity.ForCaller()));
    assertThat(policy.isPublic(MethodPath.parse("/a.B/C"))).isFalse();
    assertThat(notes("name: orders\n"))
        .containsExactly("p.yaml:1:1: no allow_rules: every call that needs a caller is denied");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"x\",\"allow_rules\":[{\"name\":\"r\",\"source\":{\"principals\":"
            + "[\"sso:111122223333:Admin\"]},\"request\":{\"paths\":[\"/a.B/*\"]}}]}",
        "{\n\t\"name\": \"x\",\n\t\"allow_rules\": [{\n\t\t\"name\": \"r\",\n\t\t\"source\":"
            + " {\"principals\": [\"sso:111122223333:Admin\"]},\n\t\t\"request\":"
            + " {\"paths\": [\"\\/a.B\\/\\u002a\"]}\n\t}]\n}\n",
        "\ufeffname: x\r\nallow_rules:\r\n- name: r\r\n  source: {principals:"
            + " ['sso:111122223333:Admin']}\r\n  request: {paths: [/a.B/*]}\r\n",
        "%YAML 1.2\n---\nname: x # comment\nallow_rules:\n- {name: r, request: {paths: [/a.B/*]},"
            + " source: {principals: [sso:111122223333:Admin]}}\n...\n",
      })
  void read_jsonAndYamlSpellings_meanTheSame(String text) {
    AccessPolicy policy = loaded(text);
    Caller admin = Callers.named("AWSReservedSSO_Admin_0123456789abcdef");

    assertThat(policy.name()).isEqualTo("x");
    assertThat(said(policy.decide(admin, MethodPath.parse("/a.B/C")))).isEqualTo("r");
  }

  @Test
  void read_valuesThatMayNotMeanWhatTheySay_areNoted() {
    String text =
        """
        name: x
        deny_rules:
          - name: d
            source: {principals: ["arn:aws:iam::111122223333:role/a"]}
            request: {paths: ["/grpc.*"]}
        allow_rules:
          - name: a
            source:
              principals:
                - arn:aws:iam::111122223333:role/team/x
                - arn:aws:iam::111122223333:role/AWSReservedSSO_Admin_*
            request: {paths: ["/*"]}
        public_methods: ["/grpc.health.v1.Health/Check"]
        """;

    assertThat(notes(text))
        .containsExactly(
            "p.yaml:5:23: paths: \"/grpc.*\" is denied to nobody where public_methods has"
                + " \"/grpc.health.v1.Health/Check\": such a call has no caller",
            "p.yaml:10:11: principals: \"arn:aws:iam::111122223333:role/team/x\" means"
                + " arn:aws:iam::111122223333:role/x: STS does not tell a role's path",
            "p.yaml:11:11: principals: \"arn:aws:iam::111122223333:role/AWSReservedSSO_Admin_*\""
                + " means every permission set whose name starts like that;"
                + " sso:{account}:{permission set} means one",
            "p.yaml:12:23: paths: \"/*\" spans services: those added later too, such as"
                + " reflection, are open to these principals");
  }

  @ParameterizedTest
  @CsvSource({"aws-gov, aws-us-gov", "aws-us-gob, aws-us-gov", "aws-ch, aws-cn"})
  void read_partitionThatAwsDoesNotHave_isNotedWithTheNearest(String partition, String expected) {
    String arn = "arn:" + partition + ":iam::111122223333:role/a";
    String text =
        """
        name: x
        allow_rules:
        - {name: r, source: {principals: ["%s"]}, request: {paths: [/a.B/C]}}
        """;

    assertThat(notes(text.formatted(arn)))
        .containsExactly(
            "p.yaml:3:35: principals: \"%s\": partition %s is not one of AWS's of today (expected: %s)"
                .formatted(arn, partition, expected));
  }

  @Test
  void read_ruleThatSaysWhatAnotherSays_isNoted() {
    String rules =
        """
        name: x
        allow_rules:
        - {name: a, source: {principals: ["key:a", "key:b"]}, request: {paths: [/a.B/C]}}
        - {name: b, source: {principals: ["key:b", "key:a"]}, request: {paths: [/a.B/C]}}
        - {name: c, source: {principals: ["key:b"]}, request: {paths: [/a.B/C]}}
        """;

    assertThat(notes(rules))
        .containsExactly("p.yaml:4:3: rule \"b\" says the same as rule \"a\" at 3:3");
  }

  @Test
  void read_hundredsOfNotes_keepsAHundred() {
    String principals =
        "'arn:aws:iam::111122223333:role/team/x', ".repeat(150) + "'arn:aws:iam::111122223333:*'";
    String text =
        "name: x\nallow_rules:\n- name: a\n  source: {principals: ["
            + principals
            + "]}\n  request: {paths: [/a.B/C]}\n";

    assertThat(notes(text)).hasSize(100);
  }

  @Test
  void read_plainPolicy_hasNoNotes() {
    assertThat(notes(ORDERS)).isEmpty();
  }

  static AccessPolicy loaded(String text) {
    return PolicyDocument.read("p.yaml", text.getBytes(UTF_8))
        .fold(
            PolicyReading.Loaded::policy,
            rejected -> {
              throw new AssertionError(rejected.problems());
            });
  }

  private static List<String> notes(String text) {
    return PolicyDocument.read("p.yaml", text.getBytes(UTF_8))
        .fold(
            loaded -> loaded.notes().stream().map(PolicyNote::toString).toList(),
            rejected -> List.of("rejected " + rejected.problems()));
  }

  /** The allow rule, "no: " and the deny rule, or nothing when no rule matched. */
  private static String said(Decision decision) {
    return decision.fold(
        allowed -> allowed.by().value(),
        denied -> denied.rule().map(rule -> "no: " + rule).orElse(""),
        needs -> "needs " + needs.choices());
  }
}
