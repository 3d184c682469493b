package dev.rolecall.service.rules.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.policy.document.PolicyNote;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.service.rules.AccessRule;
import dev.rolecall.service.rules.AccessRules;
import dev.rolecall.service.rules.BreakGlass;
import dev.rolecall.service.rules.Directory;
import dev.rolecall.service.rules.Reviewing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The reading of rules: refusals by place and words, then what good rules say. */
class RulesDocumentTest {

  private static final String DIRECTORY =
      """
      directories:
        - name: corp
          roles:
            - {account: "111122223333", permission_set: Engineer, role_id: AROAENGINEER00000001}
            - {account: "111122223333", permission_set: Lead, role_id: AROALEAD000000000001}
      """;

  private static final String RULE =
      """
      rules:
        - permission: orders-admin
          requesters: [{directory: corp}]
          reviewers: [{directory: corp, permission_set: Lead}]
          max_duration: 4h
      """;

  private static final String REST =
      """
      admins: [{role: "arn:aws:iam::111122223333:role/security"}]
      enforcers: ["arn:aws:iam::111122223333:role/orders"]
      """;

  private static final String GOOD = DIRECTORY + RULE + REST;

  private static RulesReading read(String text) {
    return RulesDocument.read("rules.yaml", text.getBytes(UTF_8));
  }

  private static RulesReading.Loaded loaded(String text) {
    return read(text)
        .fold(
            loaded -> loaded,
            rejected -> {
              throw new AssertionError(rejected.problems());
            });
  }

  private static AccessRules rules(String text) {
    return loaded(text).rules();
  }

  private static List<PolicyNote> notes(String text) {
    return loaded(text).notes();
  }

  private static List<String> problems(String text) {
    return read(text)
        .fold(
            loaded -> List.of(),
            rejected -> rejected.problems().stream().map(Object::toString).toList());
  }

  private static Arguments wrong(String from, String to, String problem) {
    assertThat(GOOD).contains(from);
    return Arguments.of(GOOD.replace(from, to), problem);
  }

  private static Arguments alsoSaying(String line, String problem) {
    return wrong("max_duration: 4h", "max_duration: 4h\n    " + line, problem);
  }

  private static Arguments requesters(String party, String problem) {
    return wrong("requesters: [{directory: corp}]", "requesters: [" + party + "]", problem);
  }

  static Stream<Arguments> malformed() {
    return Stream.of(
        Arguments.of("", "rules.yaml:1:1: the file is empty"),
        Arguments.of(DIRECTORY, "the rules has no \"rules\""),
        wrong("admins:", "admin:", "rules.yaml:11:1: unknown key \"admin\" (expected: admins)"),
        wrong("admins:", "rules:", "repeated key \"rules\""),
        wrong("max_duration: 4h", "max_duraton: 4h", "rules.yaml:10:5: unknown key"),
        wrong("    max_duration: 4h\n", "", "a rule has no \"max_duration\""),
        wrong("max_duration: 4h", "max_duration: 4x", "max_duration: 4x (expected: a time such"),
        wrong("max_duration: 4h", "max_duration: 240", "max_duration: \"240\" is a number"),
        wrong("max_duration: 4h", "max_duration: 10s", "10s (expected: 1m to 30d)"),
        wrong("max_duration: 4h", "max_duration: 31d", "31d (expected: 1m to 30d)"),
        wrong("max_duration: 4h", "max_duration: PT", "max_duration: PT (expected"),
        alsoSaying("may_schedule_ahead: 91d", "91d (expected: 0s to 90d)"),
        alsoSaying("quorum: 0", "quorum: \"0\""),
        alsoSaying("quorum: 11", "expected: 1 to 10"),
        alsoSaying("quorum: [2]", "quorum: a list"),
        alsoSaying("require: [tickets]", "reason or ticket"),
        alsoSaying("require: []", "an empty list"),
        alsoSaying("tickets: [\"*-1\"]", "at most one *"),
        alsoSaying("resources: [orders/*]", "orders/{region}"),
        alsoSaying(
            "break_glass: {max_duration: 25h, review_within: 1h}", "1d1h (expected: 1m to 1d)"),
        alsoSaying("break_glass: {max_duration: 1h}", "break_glass has no \"review_within\""),
        alsoSaying("review_within: 1h", "expected: review_within under break_glass"),
        requesters("", "requesters: an empty list"),
        requesters("corp", "one of requesters"),
        wrong("{directory: corp}]", "{directory: crop}]", "\"crop\" (expected: corp)"),
        wrong("permission_set: Lead}]", "permission_set: Leads}]", "\"Leads\" (expected: Lead)"),
        requesters(
            "{permission_set: Lead}", "no party (expected: one of directory, role, subject)"),
        requesters("{directory: corp, role: x}", "directory and role (expected"),
        requesters(
            "{directory: corp, role_id: AROALEAD000000000001}",
            "role_id beside directory (expected: beside role)"),
        requesters(
            "{role: \"arn:aws:iam::111122223333:role/AWSReservedSSO_X_0123456789abcdef\"}",
            "so that its people count, not the role"),
        requesters("{role: \"arn:aws:iam::111122223333:role/b*\"}", "role"),
        requesters("{subject: \"oidc:okta:*\"}", "oidc:{alias}:{subject}"),
        wrong(
            "reviewers: [{directory: corp, permission_set: Lead}]",
            "reviewers: [{role: \"arn:aws:iam::111122223333:role/a\"}]\n    quorum: 2",
            "rules.yaml:10:13: quorum: 2, and there are 1 reviewers"),
        wrong("permission: orders-admin", "permission: Orders", "permission: Orders (expected"),
        wrong(
            "    max_duration: 4h\n",
            "    max_duration: 4h\n" + RULE.substring(RULE.indexOf('\n') + 1),
            "a second rule of permission \"orders-admin\" (expected: one; it is at 7:5 too)"),
        wrong(
            "role_id: AROALEAD000000000001",
            "role_id: AROAENGINEER00000001",
            "a role once, in one directory; it is at 4:9 too"),
        wrong("role_id: AROALEAD000000000001", "role_id: lead", "role id: lead"),
        wrong("\"111122223333\", permission_set: L", "111122223333, permission_set: L", "quotes"),
        wrong("name: corp\n", "name: Corp\n", "directory: Corp (expected"),
        wrong("    roles:\n", "    issuer: okta\n    roles:\n", "roles and an issuer"),
        wrong(
            "rules:",
            "  - {name: a, issuer: okta}\n  - {name: b, issuer: okta}\nrules:",
            "an issuer of one directory"),
        wrong("rules:", "  - {name: corp, issuer: okta}\nrules:", "a unique name"),
        wrong("rules:", "  - {name: b}\nrules:", "neither roles nor an issuer"),
        wrong("role/orders\"]", "*\"]", "an enforcer hears of every grant"),
        wrong("[\"arn:aws:iam::111122223333:role/orders\"]", "[\"oidc:okta:*\"]", "every grant"),
        wrong("[\"arn:aws:iam::111122223333:role/orders\"]", "[nobody]", "role ARN: nobody"),
        wrong("admins: [", "admins: &a [", "anchor"),
        wrong("rules:", "waiting_alert: 10s\nrules:", "10s (expected: 1m to 30d)"));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void rules_thatAreMalformed_areRefusedWithPlaceAndWords(String text, String problem) {
    assertThat(problems(text))
        .isNotEmpty()
        .anyMatch(each -> each.contains(problem))
        .allMatch(each -> each.startsWith("rules.yaml:"));
  }

  @Test
  void rules_withSeveralProblems_nameEach() {
    assertThat(problems(GOOD.replace("4h", "4x").replace("admins", "admin").replace("corp}", "b}")))
        .hasSize(3);
  }

  @Test
  void file_thatIsNotThere_isAProblem() {
    assertThat(
            RulesDocument.read(Path.of("no-such-rules.yaml"))
                .<String>fold(loaded -> "", rejected -> rejected.problems().get(0).message()))
        .contains("no such file");
  }

  @Test
  void rules_thatSayLittle_haveClosedDefaults() {
    AccessRule rule = rules(GOOD).rule(PermissionName.of("orders-admin")).orElseThrow();

    assertThat(rule.reviewing().quorum()).isEqualTo(1);
    assertThat(rule.reviewing().pendingFor()).isEqualTo(Reviewing.PENDING_FOR);
    assertThat(rule.limits().scheduleAhead()).isEqualTo(Duration.ZERO);
    assertThat(rule.limits().breakGlass()).isEmpty();
    assertThat(rule.tickets().required()).isFalse();
    assertThat(rule.resources()).isEmpty();
  }

  @Test
  void rules_thatSayAll_areRead() {
    AccessRule rule =
        rules(
                GOOD.replace(
                    "max_duration: 4h",
                    """
                    max_duration: PT1H30M
                        quorum: 2
                        pending_for: 1d
                        may_schedule_ahead: 7d
                        require: [reason, ticket]
                        tickets: ["OPS-*"]
                        break_glass: {max_duration: 30m, review_within: 24h}
                        resources: ["orders/{region}"]
                    """))
            .rule(PermissionName.of("orders-admin"))
            .orElseThrow();

    assertThat(rule.limits().maxDuration()).isEqualTo(Duration.ofMinutes(90));
    assertThat(rule.reviewing().pendingFor()).isEqualTo(Duration.ofDays(1));
    assertThat(rule.limits().breakGlass())
        .isEqualTo(Optional.of(new BreakGlass(Duration.ofMinutes(30), Duration.ofDays(1))));
    assertThat(rule.tickets().take("OPS-7")).isTrue();
    assertThat(rule.tickets().take("OPS-")).isFalse();
    assertThat(rule.tickets().take("")).isFalse();
  }

  @Test
  void rules_thatMaySurprise_areNoted() {
    String text =
        DIRECTORY
            + "  - {name: spare, issuer: okta}\n"
            + RULE.replace(
                "reviewers: [",
                "quorum: 2\n    reviewers: [{role: \"arn:aws:iam::111122223333:role/a\"}, ");

    assertThat(notes(text))
        .extracting(PolicyNote::code)
        .containsExactlyInAnyOrder(
            "unused-directory",
            "one-counts-twice",
            "one-counts-twice",
            "one-counts-twice",
            "no-party",
            "no-party");
  }

  @Test
  void directoryOfMoreRolesThanALockCanName_isRefused() {
    String roles =
        IntStream.rangeClosed(0, Directory.PermissionSets.MOST_ROLES)
            .mapToObj(
                each ->
                    "      - {account: \"444455556666\", permission_set: S%d, role_id: AROAMANY%08d}"
                        .formatted(each, each))
            .collect(Collectors.joining("\n", "    roles:\n", "\n"));

    String result =
        read(DIRECTORY.replace("    roles:\n", roles) + RULE)
            .fold(loaded -> "loaded", rejected -> rejected.problems().toString());

    assertThat(result).contains("roles (expected: at most 5000; divide it)");
  }

  @Test
  void roleThatReviewsWhatPeopleAskFor_isNoted() {
    String text =
        DIRECTORY
            + RULE.replace(
                "reviewers: [", "reviewers: [{role: \"arn:aws:iam::111122223333:role/a\"}, ");

    assertThat(notes(text))
        .anyMatch(note -> note.toString().contains("approve what they asked for"));
  }
}
