package dev.rolecall.policytools.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.Attributes;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.document.PolicyDocument;
import dev.rolecall.policy.document.PolicyReading;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PolicyMatrixTest {

  private static final String ACCOUNT = "arn:aws:iam::111122223333:";

  private static AccessPolicy policy(String text) {
    return PolicyDocument.read("policy", text.getBytes(StandardCharsets.UTF_8))
        .fold(
            PolicyReading.Loaded::policy,
            rejected -> {
              throw new AssertionError(rejected.problems());
            });
  }

  private static PolicyMatrix matrix(AccessPolicy policy) {
    return PolicyMatrix.of(policy, 1_000).orElseThrow();
  }

  private static List<String> table(AccessPolicy policy) {
    PolicyMatrix matrix = matrix(policy);
    return IntStream.range(0, matrix.rows().size())
        .mapToObj(
            row ->
                matrix.rows().get(row).pattern()
                    + " "
                    + matrix.cells().get(row).stream().map(cell -> cell.mark().name()).toList())
        .toList();
  }

  @Test
  void matrix_hasARowForEachPrincipalAndAColumnForEachMethodThatIsToldApart() {
    AccessPolicy policy =
        policy(
            """
            name: orders
            deny_rules:
              - name: b never
                source: {principals: ["arn:aws:iam::111122223333:role/b"]}
                request: {paths: ["/s.S/*"]}
            allow_rules:
              - name: a reads
                source: {principals: ["arn:aws:iam::111122223333:role/a"]}
                request: {paths: ["/s.S/Get*"]}
              - name: both write
                source:
                  principals: ["arn:aws:iam::111122223333:role/a", "arn:aws:iam::111122223333:role/b"]
                request: {paths: ["/s.S/Put"]}
            public_methods: ["/s.S/Ping"]
            """);

    assertThat(matrix(policy).columns().stream().map(each -> each.pattern().text()))
        .containsExactly("/s.S/Ping", "/s.S/Put", "/s.S/*", "/s.S/Get*");
    assertThat(table(policy))
        .containsExactly(
            ACCOUNT + "role/b [PUBLIC, DENY, DENY, DENY]",
            ACCOUNT + "role/a [PUBLIC, ALLOW, DENY, ALLOW]");
    assertThat(matrix(policy).cells().get(0).get(1).rules())
        .containsExactly("b never", "both write");
  }

  @Test
  void grantsAndConditions_areMarked() {
    AccessPolicy policy =
        policy(
            """
            name: orders
            allow_rules:
              - name: with a grant
                source:
                  principals: ["sso:111122223333:Engineer"]
                  requires_grant: orders-admin
                request: {paths: ["/s.S/Put"]}
              - name: from home
                source: {principals: ["sso:111122223333:Lead"], networks: ["10.0.0.0/8"]}
                request: {paths: ["/s.S/Put"]}
            """);

    assertThat(table(policy))
        .containsExactly(
            "sso:111122223333:Engineer [NEEDS_GRANT]", "sso:111122223333:Lead [DEPENDS]");
  }

  @Test
  void patternOfRoles_meansThoseOfNoCloserPattern() {
    AccessPolicy policy =
        policy(
            """
            name: orders
            deny_rules:
              - name: one batch is retired
                source: {principals: ["arn:aws:iam::111122223333:role/batch-1"]}
                request: {paths: ["/s.S/Put"]}
            allow_rules:
              - name: batches write
                source: {principals: ["arn:aws:iam::111122223333:role/batch-*"]}
                request: {paths: ["/s.S/Put"]}
              - name: all read
                source: {principals: ["arn:aws:iam::111122223333:*"]}
                request: {paths: ["/s.S/Get"]}
            """);

    assertThat(table(policy))
        .containsExactly(
            ACCOUNT + "role/batch-1 [ALLOW, DENY]",
            ACCOUNT + "role/batch-* [ALLOW, ALLOW]",
            ACCOUNT + "* [ALLOW, DENY]");
    assertThat(matrix(policy).rows())
        .allSatisfy(
            row ->
                assertThat(row.pattern().matches(row.askedAs().orElseThrow(), Attributes.none()))
                    .isTrue());
  }

  @Test
  void patternOfOtherPrincipals_dependsOnWhich() {
    AccessPolicy policy =
        policy(
            """
            name: orders
            allow_rules:
              - name: the workflows of one repository
                source: {principals: ["oidc:github:repo:acme/shop:*"]}
                request: {paths: ["/s.S/Put"]}
              - name: a key
                source: {principals: ["key:ci"]}
                request: {paths: ["/s.S/Get"]}
            """);

    assertThat(table(policy))
        .containsExactly("oidc:github:repo:acme/shop:* [DENY, DEPENDS]", "key:ci [ALLOW, DENY]");
  }

  @Test
  void tableOfMoreCellsThanAllowed_isNotMade() {
    AccessPolicy policy =
        policy(
            """
            name: orders
            allow_rules:
              - name: two callers, three methods
                source: {principals: ["key:one", "key:two"]}
                request: {paths: ["/s.S/A", "/s.S/B", "/s.S/C"]}
            """);

    assertThat(PolicyMatrix.of(policy, 6)).isPresent();
    assertThat(PolicyMatrix.of(policy, 5)).isEmpty();
  }
}
