package dev.rolecall.tests.policies;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The JSON Schemas of docs/schema refuse what the reader refuses, and nothing else. The kinds of
 * problems that a schema cannot find are those of {@link OnlyTheReader}.
 */
@Tag("attack")
class SchemaTest {

  private static final String ACCESS_POLICY = "dev.rolecall.policy.document.";

  /** Every form that the language has, once. */
  private static final String POLICY =
      """
      name: orders
      deny_rules:
        - name: frozen
          source: {principals: ["arn:aws:iam::111122223333:role/team/x"]}
          request: {paths: ["/a.B/Delete"]}
      allow_rules:
        - name: r
          source:
            principals:
              - arn:aws-us-gov:iam::111122223333:role/b#AROAEXAMPLE000000001
              - arn:aws:iam::111122223333:role/b-*
              - arn:aws:iam::111122223333:*
              - sso:111122223333:Admin
              - sso:aws-cn:111122223333:Admin
              - key:ci-1
          request: {paths: ["/a.B/*", "/a.*", "/a.B/Get*", "/*"]}
      public_methods: ["/a.B/Check", "/a.C/*"]
      """;

  private static final String CASES =
      """
      cases:
        - caller: arn:aws:iam::111122223333:role/team/b#AROAEXAMPLE000000001
          method: /a.B/C
          expect: allow
        - {caller: nobody, method: /a.B/D, expect: deny}
      """;

  @Test
  void policy_changedInOnePlace_isJudgedAlike() {
    agree(TextVariants.of(POLICY), Judgement::ofPolicy, 200, 900);
  }

  @Test
  void cases_changedInOnePlace_areJudgedAlike() {
    agree(TextVariants.of(CASES), Judgement::ofCases, 40, 300);
  }

  @Test
  void policiesOfTheSuite_areJudgedAlike() {
    agree(policies(), Judgement::ofPolicy, 10, 60);
  }

  @Test
  void casesOfTheSuite_areJudgedAlike() {
    agree(cases(), Judgement::ofCases, 1, 15);
  }

  @Test
  void kindsThatOnlyTheReaderFinds_areThoseThatTheSchemasMiss() {
    Set<OnlyTheReader> missed = EnumSet.noneOf(OnlyTheReader.class);
    policies().map(Judgement::ofPolicy).map(Judgement::missed).forEach(missed::addAll);
    cases().map(Judgement::ofCases).map(Judgement::missed).forEach(missed::addAll);

    assertThat(missed).containsExactlyInAnyOrder(OnlyTheReader.values());
  }

  private static Stream<String> policies() {
    return Stream.of(
            TextsOfTheSuite.rowsOf("access-policy", ACCESS_POLICY + "PolicyRejectedTest"),
            TextsOfTheSuite.rowsOf("access-policy", ACCESS_POLICY + "PolicyLoadedTest"),
            TextsOfTheSuite.filesOf(
                "fuzz-tests/src/test/resources/dev/rolecall/fuzz/corpus/policy"))
        .flatMap(List::stream);
  }

  private static Stream<String> cases() {
    return Stream.concat(
        TextsOfTheSuite.rowsOf("policy-tools", "dev.rolecall.policytools.PolicyCasesTest").stream()
            .filter(row -> row.contains("cases") || row.isEmpty() || row.equals("{}")),
        Stream.of(CASES));
  }

  /** Checks each judgement, and that there are enough texts of both kinds. */
  private static void agree(
      Stream<String> texts, Function<String, Judgement> judge, int accepted, int refused) {
    List<Judgement> judgements = texts.distinct().map(judge).toList();

    assertThat(judgements).filteredOn(each -> !each.agrees()).isEmpty();
    assertThat(judgements.stream().filter(Judgement::isAccepted))
        .hasSizeGreaterThanOrEqualTo(accepted);
    assertThat(judgements.stream().filter(each -> !each.isAccepted()))
        .hasSizeGreaterThanOrEqualTo(refused);
  }
}
