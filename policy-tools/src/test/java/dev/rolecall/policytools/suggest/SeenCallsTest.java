package dev.rolecall.policytools.suggest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.condition.CallFacts;
import dev.rolecall.policy.document.PolicyDocument;
import dev.rolecall.policy.document.PolicyReading;
import dev.rolecall.policytools.internal.LineReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies that audit records suggest. */
class SeenCallsTest {

  private static final String CHECKOUT = role("checkout");
  private static final String REPORTING = role("reporting");
  private static final String GET = "orders.v1.Orders/Get";
  private static final String CREATE = "orders.v1.Orders/Create";
  private static final String INSTEAD = "admitted_instead_of_refused";
  private static final String DENIED = "METHOD_NOT_ALLOWED";

  private final SeenCalls seen = new SeenCalls();

  private static String role(String name) {
    return "arn:aws:iam::111122223333:role/" + name;
  }

  @Test
  void callersWithTheSameMethods_areOneRule_namedForThem() throws IOException {
    seen(3, allowed(CHECKOUT, GET), allowed(REPORTING, GET), allowed("key:ci", CREATE));

    assertThat(seen.suggest("orders", 3).text())
        .isEqualTo(
            """
            # The least policy that admits the calls of known callers in audit records.
            # Written by: rolecall policy suggest
            # 9 calls, 2026-11-21 to 2026-11-21. Callers: 3.
            # Accounts, each of which should be yours:
            #   111122223333: 2 callers
            # Read each rule: what was called is not always what should be allowed.
            name: "orders"

            allow_rules:
              - name: "checkout and 1 other"
                source:
                  principals:
                    # 3 calls, 2026-11-21 to 2026-11-21
                    - "arn:aws:iam::111122223333:role/checkout"
                    # 3 calls, 2026-11-21 to 2026-11-21
                    - "arn:aws:iam::111122223333:role/reporting"
                request:
                  paths:
                    # 6 calls, 2026-11-21 to 2026-11-21
                    - "/orders.v1.Orders/Get"
              - name: "ci"
                source:
                  principals:
                    # 3 calls, 2026-11-21 to 2026-11-21
                    - "key:ci"
                request:
                  paths:
                    # 3 calls, 2026-11-21 to 2026-11-21
                    - "/orders.v1.Orders/Create"
            """);
  }

  @Test
  void callersOfOtherKinds_becomeTheirPrincipalsAndNeverPatterns() throws IOException {
    String subject = "oidc:auth0:a \\\"b\\\\|{c}";
    seen(
        3,
        allowed("oidc:github:repo:acme/shop:environment:prod", GET),
        allowed("spiffe://example.org/ns/shop", GET),
        allowed("dns:partners:api.example.com", GET),
        allowed(subject, GET));
    for (String several :
        List.of("oidc:okta:*", "client:okta:shop", "spiffe://example.org/*", "oidc:okta")) {
      seen(3, allowed(several, GET));
    }

    AccessPolicy policy =
        PolicyDocument.load("suggested", seen.suggest("x", 1).text().getBytes(UTF_8));

    assertThat(seen.otherLines()).isEqualTo(12);
    assertThat(policy.rules()).hasSize(1);
    assertThat(policy.rules().get(0).principals().stream().map(Object::toString))
        .containsExactlyInAnyOrder(
            "oidc:github:repo:acme/shop:environment:prod",
            "spiffe://example.org/ns/shop",
            "dns:partners:api.example.com",
            "oidc:auth0:a \"b\\|{c}");
  }

  @Test
  void callsUnderAGrant_areARuleThatRequiresIt_apartFromTheOthers() throws IOException {
    seen(
        3,
        allowed(CHECKOUT, GET),
        granted(allowed(CHECKOUT, CREATE), "orders-admin"),
        granted(record(REPORTING, CREATE, INSTEAD, "GRANT_REQUIRED", "admins"), "orders-admin"),
        granted(record(CHECKOUT, GET, "refused", "GRANT_EXPIRED", "admins"), "night-shift"));
    seen(1, granted(allowed("key:ci", GET), "night-shift"));

    String text = seen.suggest("orders", 3).text();

    assertThat(text)
        .contains(
            """
              - name: "checkout and 1 other, with a grant"
                source:
                  principals:
                    # 3 calls, 2026-11-21 to 2026-11-21
                    - "arn:aws:iam::111122223333:role/checkout"
                    # 3 calls, 2026-11-21 to 2026-11-21
                    - "arn:aws:iam::111122223333:role/reporting"
                  # A record does not say for which resource the grant was.
                  requires_grant: "orders-admin"
                request:
                  paths:
                    # 6 calls, 2026-11-21 to 2026-11-21
                    - "/orders.v1.Orders/Create"
            """)
        .contains(
            "#   key:ci\n#   with a grant of night-shift\n#     /orders.v1.Orders/Get: 1 call")
        .contains("  - name: \"checkout\"\n");
    AccessPolicy policy = PolicyDocument.load("suggested", text.getBytes(UTF_8));
    assertThat(policy.permissions()).hasToString("[orders-admin]");
    assertThat(allows(policy, CHECKOUT, GET)).isTrue();
    assertThat(allows(policy, CHECKOUT, CREATE)).isFalse();
  }

  @Test
  void callsOfALockedCaller_areNotAllowed() throws IOException {
    seen(3, record(CHECKOUT, GET, INSTEAD, "CALLER_LOCKED", ""));

    assertThat(seen.suggest("orders", 1).rules()).isZero();
    assertThat(seen.suggest("orders", 1).text()).contains("#   " + CHECKOUT + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Orders", "a: b", "a\\nb", "*", "a b"})
  void recordsWithAPermissionThatIsNone_areNoRecords(String permission) throws IOException {
    seen(3, granted(allowed(CHECKOUT, GET), permission));

    assertThat(seen.records()).isZero();
    assertThat(seen.otherLines()).isEqualTo(3);
  }

  @Test
  void callsOfAnActor_areARuleThatNamesIt_apartFromTheCallersOwn() throws IOException {
    seen(
        3,
        allowed("oidc:corp:anna", GET),
        delegated("oidc:corp:anna", role("agent"), GET),
        delegated("oidc:corp:bert", role("agent"), GET),
        delegated("oidc:corp:anna", "oidc:corp:helper", CREATE));

    assertThat(seen.suggest("orders", 3).text())
        .contains(
            "Callers: 2.",
            "#   111122223333: 1 caller",
            """
              - name: "agent for anna and 1 other"
                source:
                  principals:
                    # 3 calls, 2026-11-21 to 2026-11-21
                    - "oidc:corp:anna"
                    # 3 calls, 2026-11-21 to 2026-11-21
                    - "oidc:corp:bert"
                  actors:
                    - "arn:aws:iam::111122223333:role/agent"
            """,
            "- name: \"helper for anna\"");
    assertThat(loaded(seen.suggest("orders", 3).text()).rules()).hasSize(3);
  }

  @Test
  void callOfAnActorThatNoPolicyNames_isNotTheCallersOwn() throws IOException {
    seen(3, delegated("oidc:corp:anna", "oidc:corp:*", GET));

    assertThat(seen.otherLines()).isEqualTo(3);
    assertThat(seen.suggest("orders", 1).rules()).isZero();
  }

  @Test
  void rareCallOfAnActor_isListedWithIt() throws IOException {
    seen(1, delegated("oidc:corp:anna", "oidc:corp:helper", GET));

    assertThat(seen.suggest("orders", 2).text())
        .contains(
            """
            #   oidc:corp:anna
            #   for which acted oidc:corp:helper
            #     /orders.v1.Orders/Get: 1 call, 2026-11-21 to 2026-11-21
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"oidc:okta:a/", "oidc:okta:a:", "oidc:okta:a: b", "oidc:okta:/"})
  void subjectWhoseLastPartIsNoName_isARuleAllTheSame(String subject) throws IOException {
    seen(3, allowed(subject, GET));

    assertThat(
            PolicyDocument.load("suggested", seen.suggest("x", 1).text().getBytes(UTF_8)).rules())
        .hasSize(1);
  }

  @Test
  void callsLeftOut_areListedAndNotAllowed() throws IOException {
    seen(2, allowed(CHECKOUT, GET));
    seen(
        5,
        record(CHECKOUT, CREATE, "refused", DENIED, ""),
        record(REPORTING, CREATE, INSTEAD, DENIED, "frozen"),
        stranger("grpc.health.v1.Health/Check", "CREDENTIAL_MISSING"),
        stranger(GET, "ISSUER_REFUSED"));

    SuggestedPolicy suggested = seen.suggest("orders", 3);

    assertThat(suggested.rules()).isZero();
    assertThat(suggested.text())
        .contains(
            """
            # Seen fewer than 3 times, and so not allowed here:
            #   arn:aws:iam::111122223333:role/checkout
            #     /orders.v1.Orders/Get: 2 calls, 2026-11-21 to 2026-11-21
            """,
            """
            #   arn:aws:iam::111122223333:role/checkout
            #     /orders.v1.Orders/Create: 5 calls, 2026-11-21 to 2026-11-21
            #   arn:aws:iam::111122223333:role/reporting
            #     /orders.v1.Orders/Create: 5 calls, 2026-11-21 to 2026-11-21
            """,
            """
            #   CREDENTIAL_MISSING
            #     /grpc.health.v1.Health/Check: 5 calls from 1 address
            #   ISSUER_REFUSED
            #     /orders.v1.Orders/Get: 5 calls from 1 address
            """)
        .endsWith(
            """
            #public_methods:
            #  - "/grpc.health.v1.Health/Check"
            """);
    assertThat(loaded(suggested.text()).rules()).isEmpty();
  }

  @Test
  void comments_ofLongMethods_fitATerminal() throws IOException {
    String method = "grpc.reflection.v1.ServerReflection/ServerReflectionInfo";
    seen(2, allowed(CHECKOUT, method), stranger(method, "AUDIENCE_MISMATCH"));

    String text = seen.suggest("orders", 3).text();

    assertThat(text)
        .contains("\n#     /" + method + ":\n#       2 calls, 2026", ":\n#       2 calls from 1");
    assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(79));
  }

  @Test
  void callsAdmittedInsteadOfRefused_ofKnownCallers_areAllowed() throws IOException {
    seen(3, record(CHECKOUT, GET, INSTEAD, DENIED, ""));

    assertThat(allows(loaded(seen.suggest("orders", 3).text()), CHECKOUT, GET)).isTrue();
  }

  @Test
  void rolesOfIdentityCenter_areNamedByTheirPermissionSet() throws IOException {
    seen(
        3,
        allowed(role("AWSReservedSSO_OrderSupport_0123456789abcdef"), GET),
        allowed(
            "arn:aws-us-gov:iam::111122223333:role/AWSReservedSSO_A_b_0123456789abcdef", CREATE));

    assertThat(seen.suggest("orders", 3).text())
        .contains("- \"sso:111122223333:OrderSupport\"", "- \"sso:aws-us-gov:111122223333:A_b\"")
        .doesNotContain("AWSReservedSSO");
  }

  @Test
  void publicCallsAndEndsAndDifferences_allowNothing() throws IOException {
    seen(
        3,
        record("unknown", GET, "public", "", ""),
        record(CHECKOUT, GET, "ended", "CREDENTIAL_EXPIRED", ""),
        record(CHECKOUT, GET, "shadow_differs", "", ""));

    assertThat(seen.records()).isEqualTo(9);
    assertThat(seen.suggest("orders", 1).rules()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "text",
        "{\"time\":1,\"unmapped\":{\"decision\":\"allowed\"}",
        "{\"time\":1,\"unmapped\":{\"decision\":\"public\",\"method\":\"a.B/C\"}} {}",
        "{\"unmapped\":{\"decision\":\"public\",\"method\":\"a.B/C\"}}",
        "{\"time\":-1,\"unmapped\":{\"decision\":\"public\",\"method\":\"a.B/C\"}}",
        "{\"time\":99999999999999999,\"unmapped\":{\"decision\":\"public\",\"method\":\"a.B/C\"}}",
        "{\"time\":1,\"time\":2,\"unmapped\":{\"decision\":\"public\",\"method\":\"a.B/C\"}}",
        "{\"time\":1,\"unmapped\":{\"decision\":\"other\",\"method\":\"a.B/C\"}}",
        "{\"time\":1,\"unmapped\":{\"decision\":\"refused\",\"method\":\"a.B/C\"}}",
        "{\"time\":1,\"unmapped\":{\"decision\":\"allowed\",\"method\":\"a.B/C\"},"
            + "\"actor\":{\"user\":{\"name\":\"arn:aws:iam::111122223333:*\"}}}",
        "{\"time\":1,\"unmapped\":{\"decision\":\"allowed\",\"method\":\"a.B/C\"},"
            + "\"actor\":{\"user\":{\"name\":\"arn:aws:iam::111122223333:role/a*\"}}}",
        "{\"time\":1,\"unmapped\":{\"decision\":\"allowed\",\"method\":\"a.B/C\"},"
            + "\"actor\":{\"user\":{\"name\":\"unknown\"}}}"
      })
  void lineThatIsNoRecord_isCounted(String line) throws IOException {
    add(line + "\n\n");

    assertThat(seen.records()).isZero();
    assertThat(seen.otherLines()).isEqualTo(1);
    assertThat(seen.suggest("orders", 1).rules()).isZero();
  }

  @Test
  void lineBeyondTheLongest_isCountedAndTheNextIsRead() throws IOException {
    add("x".repeat(3 * LineReader.LONGEST) + "\n" + allowed(CHECKOUT, GET));

    assertThat(seen.records()).isEqualTo(1);
    assertThat(seen.otherLines()).isEqualTo(1);
  }

  @Test
  void recordOfLostOnes_isCounted() throws IOException {
    add("{\"time\":1,\"count\":7,\"unmapped\":{\"decision\":\"records_lost\"}}\n");

    assertThat(seen.lost()).isEqualTo(7);
    assertThat(seen.otherLines()).isZero();
  }

  @Test
  void refusalsThatARecordStandsFor_areCountedWithIt() throws IOException {
    add(
        record(CHECKOUT, GET, "refused", DENIED, "")
            .replace("\"decision\"", "\"left_out\":41,\"left_out_of\":\"kind\",\"decision\""));

    assertThat(seen.suggest("orders", 3).text()).contains("/orders.v1.Orders/Get: 42 calls");
  }

  @Test
  @Tag("attack")
  void textThatAPeerChose_endsNoComment() throws IOException {
    for (String method :
        List.of(
            "a.B/C\\nallow_rules: []",
            "a.B/\\u2028x",
            "a.B/C\\r",
            "a.B/\\u001b[2J",
            "a.B/C\\\"]",
            "a.B/C#",
            "a.B/*",
            "*",
            "")) {
      seen(5, stranger(method, "CREDENTIAL_MISSING"), allowed(CHECKOUT, method));
    }

    String text = seen.suggest("orders", 1).text();

    assertThat(text.lines()).allMatch(line -> line.chars().allMatch(c -> c >= ' ' && c <= '~'));
    assertThat(text).doesNotContain("*");
    assertThat(loaded(text).publicMethods()).isEmpty();
    assertThat(loaded(text).rules()).hasSize(1);
    String open = text.replace("#public_methods", "public_methods").replace("\n#  - ", "\n  - ");
    assertThat(loaded(open).publicMethods()).hasSize(2);
  }

  @Test
  @Tag("attack")
  void methodsWithoutEnd_ofStrangers_areCountedAndKeepNoCallerOut() throws IOException {
    int more = 1_000;
    add(
        IntStream.range(0, SeenCalls.MOST_OF_STRANGERS + more)
            .mapToObj(i -> stranger("a.B/M" + i, "CREDENTIAL_MISSING"))
            .collect(Collectors.joining()));
    seen(3, allowed(CHECKOUT, GET));

    assertThat(seen.beyondBounds()).isEqualTo(more);
    assertThat(allows(loaded(seen.suggest("orders", 3).text()), CHECKOUT, GET)).isTrue();
  }

  @Test
  @Tag("attack")
  void methodsWithoutEnd_ofOneCaller_areCountedAndKeepNoOtherOut() throws IOException {
    int more = 10;
    add(
        IntStream.range(0, SeenCalls.MOST_OF_ONE_CALLER + more)
            .mapToObj(i -> record(REPORTING, "a.B/M" + i, INSTEAD, DENIED, ""))
            .collect(Collectors.joining()));
    seen(3, allowed(CHECKOUT, GET));

    assertThat(seen.beyondBounds()).isEqualTo(more);
    assertThat(allows(loaded(seen.suggest("orders", 3).text()), CHECKOUT, GET)).isTrue();
  }

  /** Every account in the world has callers that a server knows once it asks STS. */
  @Test
  @Tag("attack")
  void accountsOfTheCallers_areListedFirst_soThatAStrangersIsSeen() throws IOException {
    seen(
        3,
        allowed(CHECKOUT, GET),
        allowed(REPORTING, GET),
        allowed("key:ci", GET),
        record("arn:aws:iam::999988887777:role/checkout", GET, INSTEAD, DENIED, ""),
        allowed("arn:aws-cn:iam::444455556666:role/AWSReservedSSO_A_0123456789abcdef", GET));

    assertThat(seen.suggest("orders", 3).text())
        .contains(
            """
            # Accounts, each of which should be yours:
            #   111122223333: 2 callers
            #   999988887777: 1 caller
            #   aws-cn:444455556666: 1 caller
            """);
  }

  /** Whatever was seen, the policy loads and allows what was seen often enough, no more. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void anyCalls_suggestAPolicyThatAllowsTheseAlone(long seed) throws IOException {
    Random random = new Random(seed);
    List<String> callers = List.of(role("a"), role("b"), role("c"), role("d"), role("e"));
    List<String> methods = List.of("p.S/A", "p.S/B", "p.S/C", "q.T/\\\"", "q.T/\\\\", "q.T/'~{}");
    int[][] times = new int[callers.size()][methods.size()];
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      int caller = random.nextInt(callers.size());
      int method = random.nextInt(methods.size());
      times[caller][method]++;
      lines.add(
          random.nextBoolean()
              ? allowed(callers.get(caller), methods.get(method))
              : record(callers.get(caller), methods.get(method), INSTEAD, DENIED, ""));
    }
    add(String.join("", lines));

    AccessPolicy policy = loaded(seen.suggest("orders", 3).text());

    for (int c = 0; c < callers.size(); c++) {
      for (int m = 0; m < methods.size(); m++) {
        String method = methods.get(m).replace("\\\"", "\"").replace("\\\\", "\\");
        assertThat(allows(policy, callers.get(c), method))
            .as("%s %s", callers.get(c), method)
            .isEqualTo(times[c][m] >= 3);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1})
  void suggest_timesBelowOne_isRefused(long times) {
    assertThatThrownBy(() -> seen.suggest("orders", times))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("at least: " + times + " (expected: 1 or more)");
  }

  @Test
  void suggest_nameThatNoPolicyCanHold_isRefused() {
    assertThatThrownBy(() -> seen.suggest("a\nb", 1)).isInstanceOf(IllegalArgumentException.class);
  }

  private static AccessPolicy loaded(String text) {
    return PolicyDocument.read("suggested", text.getBytes(UTF_8))
        .fold(
            PolicyReading.Loaded::policy,
            rejected -> {
              throw new AssertionError(rejected.problems() + "\n" + text);
            });
  }

  private static boolean allows(AccessPolicy policy, String caller, String method) {
    return policy
        .evaluate(
            IamRole.ofUnknownId(RoleArn.parse(caller)),
            MethodPath.parse("/" + method),
            CallFacts.unknown())
        .isAllowed();
  }

  private void seen(int times, String... lines) throws IOException {
    add(String.join("", lines).repeat(times));
  }

  private void add(String lines) throws IOException {
    seen.add(new ByteArrayInputStream(lines.getBytes(UTF_8)));
  }

  private static String delegated(String caller, String actor, String method) {
    return allowed(caller, method)
        .replace("\"decision\"", "\"actors\":[\"" + actor + "\",\"oidc:x:y\"],\"decision\"");
  }

  private static String granted(String line, String permission) {
    return line.replace("\"decision\"", "\"permission\":\"" + permission + "\",\"decision\"");
  }

  private static String allowed(String caller, String method) {
    return record(caller, method, "allowed", "", "a rule");
  }

  private static String stranger(String method, String reason) {
    return record("unknown", method, INSTEAD, reason, "");
  }

  /** A record as a server writes it, as far as it is read. */
  private static String record(
      String caller, String method, String decision, String reason, String rule) {
    return ("{\"class_uid\":6003,\"time\":1795299525123,\"actor\":{\"user\":{\"name\":\"%s\"}},"
            + "\"src_endpoint\":{\"ip\":\"192.0.2.1\"},\"unmapped\":{\"decision\":\"%s\","
            + "\"method\":\"%s\"%s%s}}\n")
        .formatted(
            caller,
            decision,
            method,
            reason.isEmpty() ? "" : ",\"reason\":\"" + reason + "\"",
            rule.isEmpty() ? "" : ",\"rule\":\"" + rule + "\"");
  }
}
