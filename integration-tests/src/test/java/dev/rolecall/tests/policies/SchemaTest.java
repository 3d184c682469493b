package dev.rolecall.tests.policies;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
      groups:
        writers: ["arn:aws:iam::{prod}:role/b", "sso:{prod}:Admin", "key:ci", "oidc:o:kim"]
      account_groups:
        prod: ["111122223333", "444455556666"]
      deny_rules:
        - name: frozen
          source: {principals: ["arn:aws:iam::111122223333:role/team/x"], actors: any}
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
              - group:writers
              - arn:aws:iam::{prod}:role/b-*
              - arn:aws:iam::{prod}:*
              - oidc:github:repo:acme/shop
              - oidc:github:repo:acme/*
              - oidc:okta:*
              - oidc:okta:a b{c}|*
              - client:okta:0oa1b2c3
              - spiffe://example.org/ns/a.b_c
              - spiffe://example.org/ns/*
              - spiffe://example.org/*
              - dns:partners:api-1.example.com
            claims:
              - {claim: environment, any_of: ["prod", 7, true]}
              - {claim: [realm_access, roles], contains: writer}
              - {claim: "https://example.com/team", prefix: pay}
              - {claim: run_attempt, equals: 1}
            scopes: ["orders:write"]
            tags:
              - {tag: team, equals: pay}
              - {tag: "cost center", any_of: ["a", "b"]}
              - {tag: path, prefix: x}
            actors: ["oidc:okta:agent", "group:writers", "spiffe://example.org/a/*"]
            networks: ["10.0.0.0/8", "2001:db8::/32", "192.0.2.1", "64:ff9b::192.0.2.1/128"]
            requires_grant:
              permission: orders-admin
              resource: "orders/{header:x-region.id}/a~b.c/{header:tenant_2}"
          request:
            paths: ["/a.B/*", "/a.*", "/a.B/Get*", "/*"]
            headers:
              - {key: x-tenant.id, values: ["blue", "green-*", "*-red", "*", "a b"]}
        - name: s
          source: {principals: ["key:ci"], requires_grant: orders.v1-admin_x}
          request: {paths: ["/a.B/C"]}
      public_methods: ["/a.B/Check", "/a.C/*"]
      """;

  private static final String CASES =
      """
      cases:
        - caller: arn:aws:iam::111122223333:role/team/b#AROAEXAMPLE000000001
          method: /a.B/C
          headers: {x-tenant: "blue x", y: ""}
          address: 10.0.0.1
          expect: allow
        - {caller: nobody, method: /a.B/D, address: "2001:db8::1", expect: deny}
        - caller: oidc:github:repo:acme/shop
          attributes:
            client: 0oa1b2c3
            scopes: ["orders:write"]
            claims: {environment: prod, run: 1, ok: true, roles: ["a", 7], nested: {x: y}}
            tags: {team: pay}
            actors: ["oidc:okta:agent", "key:ci"]
          grants: [orders-admin, {permission: p.q_r, resource: orders/eu~1.b_c}]
          method: /a.B/E
          expect: allow
        - {caller: "spiffe://example.org/a/b", method: /a.B/F, expect: deny}
        - {caller: "dns:partners:api-1.example.com", method: /a.B/F, expect: deny}
        - {caller: "key:ci-1", method: /a.B/F, expect: needs_grant}
      """;

  private static final List<Judgement> POLICIES =
      judged(
          Judgement::ofPolicy,
          Stream.of(
              TextsOfTheSuite.rowsOf("access-policy", ACCESS_POLICY + "PolicyRejectedTest"),
              TextsOfTheSuite.rowsOf("access-policy", ACCESS_POLICY + "PolicyLoadedTest"),
              TextsOfTheSuite.rowsOf("access-policy", ACCESS_POLICY + "GrantsReadTest"),
              TextsOfTheSuite.filesOf(
                  "fuzz-tests/src/test/resources/dev/rolecall/fuzz/corpus/policy")));

  private static final List<Judgement> CHANGED_POLICIES =
      judged(Judgement::ofPolicy, Stream.of(TextVariants.of(POLICY)));

  private static final List<Judgement> TABLES =
      judged(
          Judgement::ofCases,
          Stream.of(
              TextsOfTheSuite.rowsOf("policy-tools", "dev.rolecall.policytools.PolicyCasesTest")));

  private static final List<Judgement> CHANGED_TABLES =
      judged(Judgement::ofCases, Stream.of(TextVariants.of(CASES)));

  private static List<Judgement> judged(
      Function<String, Judgement> judge, Stream<List<String>> texts) {
    return texts.flatMap(List::stream).distinct().map(judge).toList();
  }

  @Test
  void policiesOfTheSuite_areJudgedAlike() {
    agree(POLICIES, 12, 100);
  }

  @Test
  void policy_changedInOnePlace_isJudgedAlike() {
    agree(CHANGED_POLICIES, 150, 900);
  }

  @Test
  void casesOfTheSuite_areJudgedAlike() {
    agree(TABLES, 0, 20);
  }

  @Test
  void cases_changedInOnePlace_areJudgedAlike() {
    agree(CHANGED_TABLES, 20, 150);
  }

  @Test
  void kindsThatOnlyTheReaderFinds_areThoseThatTheSchemasMiss() {
    assertThat(
            Stream.of(POLICIES, CHANGED_POLICIES, TABLES, CHANGED_TABLES)
                .flatMap(List::stream)
                .flatMap(each -> each.missed().stream())
                .distinct())
        .containsExactlyInAnyOrder(OnlyTheReader.values());
  }

  /** Checks each judgement, and that there are enough texts of both kinds. */
  private static void agree(List<Judgement> judgements, int accepted, int refused) {
    assertThat(judgements).filteredOn(each -> !each.agrees()).isEmpty();
    assertThat(judgements).filteredOn(Judgement::isAccepted).hasSizeGreaterThanOrEqualTo(accepted);
    assertThat(judgements)
        .filteredOn(each -> !each.isAccepted())
        .hasSizeGreaterThanOrEqualTo(refused);
  }
}
