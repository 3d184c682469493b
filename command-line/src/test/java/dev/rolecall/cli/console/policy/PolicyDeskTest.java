package dev.rolecall.cli.console.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.cli.console.answer.Answer;
import dev.rolecall.cli.console.answer.Face;
import dev.rolecall.cli.console.answer.FailedException;
import dev.rolecall.decisions.v1.CallerAttributes;
import dev.rolecall.decisions.v1.Outcome;
import dev.rolecall.decisions.v1.SeenCall;
import dev.rolecall.policytools.CallerQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page's questions about a policy. */
final class PolicyDeskTest {

  private static final String POLICY =
      "name: orders\\n"
          + "allow_rules:\\n"
          + "  - name: checkout reads\\n"
          + "    source: {principals: [\\\"arn:aws:iam::111122223333:role/checkout\\\"]}\\n"
          + "    request: {paths: [\\\"/orders.v1.Orders/Get\\\"]}\\n";

  private static String json(Answer answer) {
    return answer.fold(Answer.Whole::json, lines -> "a stream");
  }

  @Test
  void policy_isReadAsRulesAndAsATable() {
    assertThat(json(PolicyDesk.read("{\"text\":\"" + POLICY + "\"}")))
        .contains(
            "\"problems\":[]",
            "\"name\":\"orders\"",
            "\"paths\":[\"/orders.v1.Orders/Get\"]",
            "\"callers\":[\"arn:aws:iam::111122223333:role/checkout\"]",
            "\"matrix\":[[{\"answer\":\"allow\",\"rule\":\"checkout reads\"}]]");
  }

  @Test
  void brokenPolicy_isToldByItsLines() {
    assertThat(json(PolicyDesk.read("{\"text\":\"name: orders\\nallow_rulez: []\\n\"}")))
        .contains("\"severity\":\"ERROR\",\"line\":2")
        .doesNotContain("matrix");
  }

  @Test
  void call_isExplained() {
    assertThat(
            json(
                PolicyDesk.explain(
                    "{\"text\":\""
                        + POLICY
                        + "\",\"caller\":\"arn:aws:iam::111122223333:role/other\","
                        + "\"method\":\"/orders.v1.Orders/Get\",\"address\":\"10.0.0.1\","
                        + "\"headers\":{\"x-a\":\"b\"},\"grants\":[\"orders-admin\"]}")))
        .contains("\"allowed\":false", "denied: no rule allows it", "\"changes\":[\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{}",
        "{\"text\":1}",
        "{\"text\":\"name: x\",\"caller\":\"nonsense\",\"method\":\"/a.B/C\"}",
        "{\"text\":\"name: x\",\"caller\":\"nobody\",\"method\":\"/a.B/C\"}",
        "{\"text\":\"name: x\",\"caller\":\"key:ci\",\"method\":\"no path\"}",
        "{\"text\":\"name: x\",\"caller\":\"key:ci\",\"method\":\"/a.B/C\",\"address\":\"here\"}",
        "{\"text\":\"name: x\",\"caller\":\"key:ci\",\"method\":\"/a.B/C\",\"grants\":[1]}",
        "{\"text\":\"name: x\",\"caller\":\"key:ci\",\"method\":\"/a.B/C\",\"headers\":{\"a\":1}}"
      })
  void questionThatCannotBeRead_isWrong(String body) {
    assertThatThrownBy(() -> PolicyDesk.explain(body))
        .isInstanceOfSatisfying(
            FailedException.class,
            failed -> assertThat(failed.failure().face()).isEqualTo(Face.WRONG));
  }

  @ParameterizedTest
  @CsvSource({
    "ALLOWED, '', allow",
    "PUBLIC, '', allow",
    "REFUSED, METHOD_NOT_ALLOWED, deny",
    "REFUSED, CREDENTIAL_MISSING, deny",
    "REFUSED, GRANT_REQUIRED, needs_grant",
    "ADMITTED_INSTEAD, GRANT_EXPIRED, needs_grant",
    "REFUSED, CREDENTIAL_EXPIRED, ",
    "REFUSED, CALLER_LOCKED, "
  })
  void seenCall_tellsWhatThePolicyAnswered(Outcome outcome, String reason, String answer) {
    SeenCall call = SeenCall.newBuilder().setOutcome(outcome).setReason(reason).build();

    assertThat(SeenCallText.answered(call).map(Object::toString).orElse(null)).isEqualTo(answer);
  }

  @Test
  void seenCall_keepsWhoCalledAndByWhichGrant() {
    SeenCall call =
        SeenCall.newBuilder()
            .setCaller("arn:aws:iam::111122223333:role/checkout")
            .setRoleId("AROAEXAMPLE000000001")
            .setOutcome(Outcome.ALLOWED)
            .setPermission("orders-admin")
            .setPeer("10.0.0.1")
            .setAttributes(
                CallerAttributes.newBuilder()
                    .setClient("shop")
                    .addScopes("orders:write")
                    .putClaims("level", "3")
                    .putTags("team", "blue"))
            .build();

    CallerQuery caller = SeenCallText.caller(call);

    assertThat(caller).hasToString("arn:aws:iam::111122223333:role/checkout#AROAEXAMPLE000000001");
    assertThat(caller.grants()).hasToString("[orders-admin]");
    assertThat(caller.attributes().client()).contains("shop");
    assertThat(caller.attributes().claims()).containsKey("level");
    assertThat(caller.attributes().tags()).containsEntry("team", "blue");
    assertThat(SeenCallText.call(call)).hasToString("address 10.0.0.1");
    assertThat(SeenCallText.caller(SeenCall.getDefaultInstance()).isNobody()).isTrue();
  }
}
