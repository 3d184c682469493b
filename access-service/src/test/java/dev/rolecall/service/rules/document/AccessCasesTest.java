package dev.rolecall.service.rules.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.service.rules.AccessRules;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cases under rules: those that pass, and those that say what is otherwise. */
class AccessCasesTest {

  private static final String RULES =
      """
      directories:
        - name: corp
          roles:
            - {account: "111122223333", permission_set: Engineer, role_id: AROAENGINEER00000001}
            - {account: "111122223333", permission_set: Lead, role_id: AROALEAD000000000001}
        - {name: out, issuer: okta}
      rules:
        - permission: orders-admin
          requesters: [{directory: corp}, {role: "arn:aws:iam::111122223333:role/batch"}]
          reviewers: [{directory: corp, permission_set: Lead}]
          max_duration: 4h
          require: [ticket]
      """;

  private static final String CASES =
      """
      cases:
        - caller: corp/ana@example.com via Engineer
          permission: orders-admin
          duration: 1h
          ticket: OPS-7
          expect: accepted
          reviewers: [corp/lee@example.com via Lead]
          not_reviewers: [corp/ana@example.com via Lead, corp/lee@example.com via Engineer]
        - caller: arn:aws:iam::111122223333:role/batch
          permission: orders-admin
          duration: 5h
          ticket: OPS-7
          expect: refused
          because: DURATION_NOT_ALLOWED
        - caller: oidc:okta:00u1
          permission: orders-admin
          duration: 1h
          expect: refused
          because: PERMISSION_NOT_OFFERED
      """;

  private static AccessRules rules() {
    return RulesDocument.read("rules.yaml", RULES.getBytes(UTF_8))
        .fold(
            RulesReading.Loaded::rules,
            rejected -> {
              throw new AssertionError(rejected.problems());
            });
  }

  private static List<AccessCaseResult> results(String cases) {
    return AccessCases.read("rules.cases.yaml", cases.getBytes(UTF_8)).under(rules());
  }

  @Test
  void cases_thatAreRight_pass() {
    assertThat(results(CASES)).hasSize(3).allMatch(AccessCaseResult::passed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "duration: 1h | duration: 9h | refused, and should be accepted; DURATION_NOT_ALLOWED",
        "ticket: OPS-7 | break_glass: true | BREAK_GLASS_NOT_OFFERED",
        "expect: accepted | expect: refused | accepted, and should be refused",
        "via Engineer | via Boss | permission set",
        "corp/ana@example.com via E | crop/ana@example.com via E | directory/user name",
        "reviewers: [corp/lee@example.com via Lead] | reviewers: [corp/lee@example.com via Engineer]"
            + " | may not review it, and should",
        "not_reviewers: [corp/ana@example.com via Lead | not_reviewers: [corp/max@example.com via Lead"
            + " | may review it, and should not",
        "because: DURATION_NOT_ALLOWED | because: TICKET_REQUIRED | because of TICKET_REQUIRED;",
      })
  void case_thatIsOtherwise_saysHow(String from, String to, String difference) {
    assertThat(CASES).contains(from);
    assertThat(results(CASES.replaceFirst(Pattern.quote(from), to)))
        .filteredOn(result -> !result.passed())
        .hasSize(1)
        .allSatisfy(
            result -> assertThat(String.join(" ", result.differences())).contains(difference));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cases: | case: | unknown key",
        "expect: accepted | expect: yes | expect",
        "because: DURATION_NOT_ALLOWED | because: DURATION_NOT_ALOWED | DURATION_NOT_ALLOWED",
        "expect: accepted | expect: accepted\\n    because: TOO_MANY | beside expect: refused",
        "duration: 1h | duration: 0h | a time above zero",
        "duration: 1h | duration: soon | a time such as 4h",
        "ticket: OPS-7 | break_glass: maybe | true or false",
      })
  void table_thatIsMalformed_isRefused(String from, String to, String problem) {
    String text = CASES.replaceFirst(Pattern.quote(from), to.replace("\\n", "\n"));

    assertThatThrownBy(() -> AccessCases.read("rules.cases.yaml", text.getBytes(UTF_8)))
        .isInstanceOf(InvalidRulesException.class)
        .hasMessageContaining(problem);
  }
}
