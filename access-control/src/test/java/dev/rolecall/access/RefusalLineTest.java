package dev.rolecall.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.access.scheme.Facts;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.ApiClient;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.Fact;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.RuleName;
import dev.rolecall.testsupport.ManualTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("attack")
class RefusalLineTest {

  @Test
  void unknownCaller_hasTheFactsOfItsCredential() {
    Facts facts =
        new OfACredential(
            new Fact("sts_code", "STS code", "InvalidClientTokenId"),
            new Fact("access_key_id", "access key id", "ASIAIOSFODNN7EXAMPLE"),
            new Fact("region", "Region", "eu-west-1"),
            new Fact("endpoint", "endpoint", "sts.eu-west-1.amazonaws.com"),
            new Fact("audience", "audience", "billing"),
            new Fact("expected_audience", "expected audience", "orders"));
    Refusal refusal =
        Refusal.of(
            new Verification.Refused(RefusalReason.ISSUER_REFUSED, Optional.of(facts)),
            ManualTime.START);

    assertThat(RefusalLine.of("refused", method("a.B/C"), "192.0.2.1", null, refusal))
        .isEqualTo(
            "refused a call: ISSUER_REFUSED, method a.B/C, from 192.0.2.1, STS code"
                + " InvalidClientTokenId, access key id ASIAIOSFODNN7EXAMPLE, Region eu-west-1,"
                + " endpoint sts.eu-west-1.amazonaws.com, audience billing, expected audience"
                + " orders");
  }

  @Test
  void knownCaller_hasRoleSessionKeyMethodAndRule() {
    Refusal refusal =
        Refusal.notAllowed(Checkout.caller(), "a.B/C", Optional.of(RuleName.parse("frozen")));
    Caller known = Checkout.caller();
    Evidence evidence =
        known
            .evidence()
            .with(
                "ASIAIOSFODNN7EXAMPLE",
                List.of(
                    new Fact("region", "Region", "eu-west-1"),
                    new Fact("endpoint", "endpoint", "sts.eu-west-1.amazonaws.com"),
                    new Fact("audience", "audience", "orders")));
    Caller caller = Caller.of(known.principal(), evidence, known.notAfter());

    assertThat(RefusalLine.of("refused", method("a.B/C"), "192.0.2.1", caller, refusal))
        .startsWith("refused a call: METHOD_NOT_ALLOWED, method a.B/C, from 192.0.2.1, role arn:")
        .endsWith(
            ", session i-0abc, access key id ASIAIOSFODNN7EXAMPLE, Region eu-west-1, endpoint"
                + " sts.eu-west-1.amazonaws.com, audience orders, rule frozen");
  }

  @Test
  void apiClient_isNamedAsAPrincipal() {
    Caller ci =
        Caller.of(
            new ApiClient("ci"),
            Evidence.of("keys", Evidence.Carrier.CALL_METADATA).with("k1", List.of()),
            ManualTime.START);
    Refusal refusal = Refusal.notAllowed(ci, "a.B/C", Optional.empty());

    assertThat(refusal.help())
        .containsOnly(
            Map.entry("principal", "key:ci"),
            Map.entry("method", "a.B/C"),
            Map.entry("scheme", "keys"));
    assertThat(RefusalLine.of("refused", method("a.B/C"), "192.0.2.1", ci, refusal))
        .isEqualTo(
            "refused a call: METHOD_NOT_ALLOWED, method a.B/C, from 192.0.2.1,"
                + " principal key:ci, credential id k1");
  }

  @ParameterizedTest
  @ValueSource(ints = {0x00, 0x0a, 0x0d, 0x1b, 0x7f, 0x85, 0x9b, 0x202e, 0x2028, 0xd800, 0xe000})
  void characterThatATerminalObeys_isEscaped(int character) {
    String name = "a.B/C" + (char) character + "INFO: admitted";

    assertThat(lineAbout(name))
        .matches("[ -~]+")
        .contains(String.format("C\\u{%x}INFO", character));
  }

  @Test
  void method_longerThanTheBound_isCutThere() {
    assertThat(lineAbout("a".repeat(8_000)))
        .hasSizeLessThan(300)
        .contains("method " + "a".repeat(200) + "..., from 192.0.2.1");
    assertThat(lineAbout("a".repeat(200))).contains("method " + "a".repeat(200) + ", from");
  }

  private static String lineAbout(String method) {
    return RefusalLine.of(
        "refused",
        method(method),
        "192.0.2.1",
        null,
        Refusal.of(RefusalReason.CREDENTIAL_MISSING, ManualTime.START));
  }

  private record OfACredential(List<Fact> list) implements Facts {
    OfACredential(Fact... facts) {
      this(List.of(facts));
    }

    @Override
    public int size() {
      return 0;
    }
  }

  private static CalledMethod method(String name) {
    return new CalledMethod(name, null, "other", AuditCondition.BOTH, 0, true);
  }
}
