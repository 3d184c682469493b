package dev.rolecall.access.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.rolecall.access.scheme.CredentialFingerprint;
import dev.rolecall.access.scheme.Facts;
import dev.rolecall.identity.ApiClient;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.Fact;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import dev.rolecall.policy.RuleName;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.testsupport.CapturedLog;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OcsfJsonTest {

  private static final Instant NOW = Instant.parse("2026-11-21T22:18:45.123Z");
  private static final Caller CALLER =
      Caller.of(
          new IamRole(
              RoleArn.parse("arn:aws:iam::111122223333:role/checkout"),
              RoleId.parse("AROAEXAMPLE0000000001")),
          Evidence.ofSession("aws-iam", Evidence.Carrier.CALL_METADATA, "i-0abc")
              .with(
                  "ASIAIOSFODNN7EXAMPLE",
                  List.of(
                      new Fact("region", "Region", "eu-west-1"),
                      new Fact("endpoint", "endpoint", "sts.eu-west-1.amazonaws.com"),
                      new Fact("audience", "audience", "orders"))),
          NOW.plusSeconds(60));

  @ParameterizedTest
  @EnumSource(WouldHave.class)
  void callAdmittedInsteadOfRefused_isApiActivityThatSucceeded(WouldHave wouldHave)
      throws Exception {
    Map<String, String> json =
        read(
            event(
                "192.0.2.1",
                Optional.empty(),
                new AuditOutcome.AdmittedInstead(
                    wouldHave, RefusalReason.ISSUER_UNAVAILABLE, Optional.empty()),
                0));

    assertThat(json)
        .contains(
            entry("class_uid", "6003"),
            entry("actor.user.name", "unknown"),
            entry("severity_id", "2"),
            entry("status_id", "1"),
            entry("unmapped.decision", "admitted_instead_of_refused"),
            entry("unmapped.reason", "ISSUER_UNAVAILABLE"),
            entry("unmapped.would_have", wouldHave.label()))
        .doesNotContainKeys("status_code", "status_detail");
  }

  @Test
  void callAdmittedInsteadOfRefusedOfAKnownCaller_namesItAndTheRule() throws Exception {
    Map<String, String> json =
        read(
            event(
                "192.0.2.1",
                Optional.of(CALLER),
                new AuditOutcome.AdmittedInstead(
                    WouldHave.REFUSED,
                    RefusalReason.METHOD_NOT_ALLOWED,
                    Optional.of(RuleName.parse("frozen"))),
                0));

    assertThat(json)
        .contains(
            entry("actor.user.name", "arn:aws:iam::111122223333:role/checkout"),
            entry("unmapped.rule", "frozen"));
  }

  @Test
  void allowedCall_isApiActivityOfItsCaller() throws Exception {
    Map<String, String> json =
        read(
            event(
                "192.0.2.1",
                Optional.of(CALLER),
                new AuditOutcome.Allowed(Optional.of(RuleName.parse("checkout writes"))),
                0));

    assertThat(json)
        .containsOnly(
            entry("category_uid", "6"),
            entry("class_uid", "6003"),
            entry("activity_id", "99"),
            entry("activity_name", "Call"),
            entry("type_uid", "600399"),
            entry("time", "1795299525123"),
            entry("actor.user.name", "arn:aws:iam::111122223333:role/checkout"),
            entry("actor.user.uid", "AROAEXAMPLE0000000001"),
            entry("actor.user.credential_uid", "ASIAIOSFODNN7EXAMPLE"),
            entry("actor.user.type_id", "99"),
            entry("actor.user.type", "AssumedRole"),
            entry("actor.user.account.uid", "111122223333"),
            entry("actor.session.uid", "i-0abc"),
            entry("actor.session.issuer", "arn:aws:iam::111122223333:role/checkout"),
            entry("api.operation", "orders.v1.Orders/Create"),
            entry("api.service.name", "orders.v1.Orders"),
            entry("severity_id", "1"),
            entry("status_id", "1"),
            entry("src_endpoint.ip", "192.0.2.1"),
            entry("metadata.version", "1.8.0"),
            entry("metadata.product.name", "Rolecall"),
            entry("metadata.product.vendor_name", "Rolecall"),
            entry("unmapped.decision", "allowed"),
            entry("unmapped.method", "orders.v1.Orders/Create"),
            entry("unmapped.scheme", "aws-iam"),
            entry("unmapped.proven_by", "call_metadata"),
            entry("unmapped.region", "eu-west-1"),
            entry("unmapped.endpoint", "sts.eu-west-1.amazonaws.com"),
            entry("unmapped.audience", "orders"),
            entry("unmapped.rule", "checkout writes"));
  }

  @Test
  void namedRequest_isTheCorrelationOfTheEvent() throws Exception {
    String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    Map<String, String> json =
        read(
            new AuditRecord(
                NOW,
                "orders.v1.Orders/Create",
                new AuditRecord.Origin(
                    "192.0.2.1",
                    Optional.empty(),
                    Optional.empty(),
                    new Correlation(Optional.of("7f0e"), Optional.of(trace)),
                    Optional.of(new CredentialFingerprint("0123456789abcdef"))),
                new AuditOutcome.Allowed(Optional.empty()),
                LeftOut.NONE));

    assertThat(json)
        .contains(entry("metadata.correlation_uid", "7f0e"), entry("unmapped.traceparent", trace));
  }

  @Test
  void callerThatAProxyPassedOn_namesTheProxyBeside() throws Exception {
    Caller proxy =
        Caller.of(
            IamRole.ofUnknownId(RoleArn.parse("arn:aws:iam::111122223333:role/edge")),
            Evidence.of("aws-iam", Evidence.Carrier.CALL_METADATA),
            CALLER.notAfter());
    Map<String, String> json =
        read(
            event(
                "192.0.2.1",
                Optional.of(CALLER.via(proxy)),
                new AuditOutcome.Allowed(Optional.of(RuleName.parse("checkout writes"))),
                0));

    assertThat(json)
        .contains(
            entry("actor.user.name", "arn:aws:iam::111122223333:role/checkout"),
            entry("unmapped.via", "arn:aws:iam::111122223333:role/edge"));
  }

  @ParameterizedTest
  @EnumSource
  void refusalOfAnUnknownCaller_isAFailedAuthentication(RefusalReason reason) throws Exception {
    Map<String, String> json =
        read(
            event(
                "unknown",
                Optional.empty(),
                new AuditOutcome.Refused(reason, Optional.empty()),
                7));

    assertThat(json)
        .contains(
            entry("category_uid", "3"),
            entry("class_uid", "3002"),
            entry("activity_id", "1"),
            entry("type_uid", "300201"),
            entry("user.name", "unknown"),
            entry("service.name", "orders.v1.Orders"),
            entry("severity_id", "2"),
            entry("status_id", "2"),
            entry("status_code", reason.name()),
            entry("status_detail", reason.description()),
            entry("src_endpoint.name", "unknown"),
            entry("unmapped.decision", "refused"),
            entry("unmapped.reason", reason.name()),
            entry("unmapped.left_out", "7"),
            entry("unmapped.left_out_of", "kind"))
        .doesNotContainKeys("actor.user.name", "unmapped.rule", "src_endpoint.ip");
  }

  @Test
  void callOfAnApiClient_namesTheClientAndNoAccount() throws Exception {
    Caller ci =
        Caller.of(
            new ApiClient("ci"),
            Evidence.of("keys", Evidence.Carrier.CALL_METADATA),
            NOW.plusSeconds(60));

    Map<String, String> json =
        read(
            event(
                "192.0.2.1",
                Optional.of(ci),
                new AuditOutcome.Allowed(Optional.of(RuleName.parse("builds"))),
                0));

    assertThat(json)
        .contains(
            entry("actor.user.name", "key:ci"),
            entry("actor.user.uid", "key:ci"),
            entry("actor.user.type_id", "99"),
            entry("actor.user.type", "ApiKey"),
            entry("unmapped.proven_by", "call_metadata"))
        .doesNotContainKeys(
            "actor.user.credential_uid",
            "actor.user.account.uid",
            "actor.session.uid",
            "unmapped.region");
  }

  @Test
  void deniedCaller_isFailedApiActivity_withTheRule() throws Exception {
    Map<String, String> json =
        read(
            event(
                "192.0.2.1",
                Optional.of(CALLER),
                new AuditOutcome.Refused(
                    RefusalReason.METHOD_NOT_ALLOWED, Optional.of(RuleName.parse("frozen"))),
                0));

    assertThat(json)
        .contains(
            entry("class_uid", "6003"),
            entry("status_id", "2"),
            entry("unmapped.reason", "METHOD_NOT_ALLOWED"),
            entry("unmapped.rule", "frozen"))
        .doesNotContainKey("unmapped.left_out");
  }

  @Test
  void callUnderAGrant_namesThePermissionBesideTheRule() throws Exception {
    Optional<RuleName> rule = Optional.of(RuleName.parse("by grant"));
    Optional<PermissionName> permission = Optional.of(PermissionName.of("orders-admin"));
    for (AuditOutcome each :
        List.of(
            new AuditOutcome.Allowed(rule, permission),
            new AuditOutcome.Refused(RefusalReason.GRANT_REQUIRED, rule, permission),
            new AuditOutcome.Ended(RefusalReason.GRANT_EXPIRED, rule, permission),
            new AuditOutcome.AdmittedInstead(
                WouldHave.REFUSED, RefusalReason.GRANT_REVOKED, rule, permission))) {
      assertThat(read(event("192.0.2.1", Optional.of(CALLER), each, 0)))
          .contains(
              entry("unmapped.rule", "by grant"), entry("unmapped.permission", "orders-admin"));
    }
  }

  @Test
  void endedCall_saysSo() throws Exception {
    Map<String, String> json =
        read(
            event(
                "192.0.2.1",
                Optional.of(CALLER),
                new AuditOutcome.Ended(
                    RefusalReason.CREDENTIAL_EXPIRED, Optional.of(RuleName.parse("frozen"))),
                0));

    assertThat(json)
        .contains(
            entry("class_uid", "6003"),
            entry("unmapped.decision", "ended"),
            entry("unmapped.rule", "frozen"),
            entry("unmapped.reason", "CREDENTIAL_EXPIRED"));
  }

  @Test
  void publicCall_isApiActivityOfNobodyKnown() throws Exception {
    Map<String, String> json =
        read(event("192.0.2.1", Optional.empty(), new AuditOutcome.Allowed(Optional.empty()), 0));

    assertThat(json)
        .contains(
            entry("class_uid", "6003"),
            entry("actor.user.name", "unknown"),
            entry("actor.user.type_id", "0"),
            entry("unmapped.decision", "public"));
  }

  @Test
  void shadowThatDiffers_isTheEventOfWhatWasDecided_andSaysBothAnswers() throws Exception {
    Map<String, String> json =
        read(
            event(
                "192.0.2.1",
                Optional.of(CALLER),
                new AuditOutcome.ShadowDiffers(
                    Optional.empty(),
                    Optional.of(RuleName.parse("checkout writes")),
                    ShadowAnswer.DENIED,
                    Optional.of(RuleName.parse("frozen"))),
                3));

    assertThat(json)
        .contains(
            entry("class_uid", "6003"),
            entry("status_id", "1"),
            entry("unmapped.decision", "shadow_differs"),
            entry("unmapped.rule", "checkout writes"),
            entry("unmapped.shadow", "denied"),
            entry("unmapped.shadow_rule", "frozen"),
            entry("unmapped.left_out", "3"));
  }

  @Test
  void shadowThatWouldAdmitAnUnknownCaller_isAFailedAuthentication() throws Exception {
    Map<String, String> json =
        read(
            event(
                "192.0.2.1",
                Optional.empty(),
                new AuditOutcome.ShadowDiffers(
                    Optional.of(RefusalReason.CREDENTIAL_MISSING),
                    Optional.empty(),
                    ShadowAnswer.PUBLIC,
                    Optional.empty()),
                0));

    assertThat(json)
        .contains(
            entry("class_uid", "3002"),
            entry("status_id", "2"),
            entry("unmapped.reason", "CREDENTIAL_MISSING"),
            entry("unmapped.shadow", "public"))
        .doesNotContainKey("unmapped.shadow_rule");
  }

  @Test
  void methodThatAPeerMadeUp_staysOneLineAndOneObject() throws Exception {
    String hostile = "a\"},\n{\"class_uid\":0/\u0000b";
    AuditRecord event =
        new AuditRecord(
            NOW,
            hostile,
            new AuditRecord.Origin("192.0.2.1", Optional.empty(), Optional.empty()),
            new AuditOutcome.Refused(RefusalReason.CREDENTIAL_MISSING, Optional.empty()),
            LeftOut.NONE);

    assertThat(OcsfJson.of(event)).doesNotContain("\n").doesNotContain("\u0000");
    assertThat(read(event)).contains(entry("unmapped.method", hostile), entry("class_uid", "3002"));
  }

  @Test
  void refusedCredential_hasItsFacts() throws Exception {
    AuditRecord event =
        new AuditRecord(
            NOW,
            "orders.v1.Orders/Create",
            new AuditRecord.Origin(
                "192.0.2.1",
                Optional.empty(),
                Optional.of(
                    facts(
                        new Fact("sts_code", "STS code", "InvalidClientTokenId"),
                        new Fact("signer", "signer", "arn:aws:iam::111122223333:user/alice"),
                        new Fact("access_key_id", "access key id", "ASIAIOSFODNN7EXAMPLE"),
                        new Fact("region", "Region", "eu-west-1"),
                        new Fact("endpoint", "endpoint", "sts.eu-west-1.amazonaws.com"),
                        new Fact("audience", "audience", "billing"),
                        new Fact("expected_audience", "expected audience", "orders")))),
            new AuditOutcome.Refused(RefusalReason.ISSUER_REFUSED, Optional.empty()),
            LeftOut.NONE);

    assertThat(read(event))
        .contains(
            entry("class_uid", "3002"),
            entry("unmapped.sts_code", "InvalidClientTokenId"),
            entry("unmapped.signer", "arn:aws:iam::111122223333:user/alice"),
            entry("unmapped.access_key_id", "ASIAIOSFODNN7EXAMPLE"),
            entry("unmapped.region", "eu-west-1"),
            entry("unmapped.endpoint", "sts.eu-west-1.amazonaws.com"),
            entry("unmapped.audience", "billing"),
            entry("unmapped.expected_audience", "orders"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0x00, 0x07, 0x0a, 0x1b, 0x7f, 0x85, 0x9b, 0x202e, 0x2028, 0xfeff, 0xe000})
  void characterThatATerminalObeys_isEscaped(int character) throws Exception {
    String method = "a/b" + (char) character + "[2J";
    AuditRecord event =
        new AuditRecord(
            NOW,
            method,
            new AuditRecord.Origin("192.0.2.1", Optional.empty(), Optional.empty()),
            new AuditOutcome.Refused(RefusalReason.CREDENTIAL_MISSING, Optional.empty()),
            LeftOut.NONE);

    assertThat(OcsfJson.of(event)).matches("[ -~]+");
    assertThat(read(event)).contains(entry("unmapped.method", method));
  }

  @ParameterizedTest
  @CsvSource({"Create, Create", "/Create, ''", "a/b/Create, a/b"})
  void service_isWhatStandsBeforeTheLastSlash(String method, String service) throws Exception {
    AuditRecord event =
        new AuditRecord(
            NOW,
            method,
            new AuditRecord.Origin("192.0.2.1", Optional.empty(), Optional.empty()),
            new AuditOutcome.Allowed(Optional.empty()),
            LeftOut.NONE);

    assertThat(read(event)).contains(entry("api.service.name", service));
  }

  @Test
  void defaultSink_writesALineAtInfo_whereThatIsLoggable() {
    AuditRecord event =
        event("192.0.2.1", Optional.empty(), new AuditOutcome.Allowed(Optional.empty()), 0);
    try (CapturedLog log = CapturedLog.of("rolecall.audit", Level.INFO)) {
      AuditLog.toLogger().record(event);
      assertThat(log.lines()).containsExactly("INFO " + OcsfJson.of(event));
    }
    try (CapturedLog log = CapturedLog.of("rolecall.audit", Level.WARNING)) {
      AuditLog.toLogger().record(event);
      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  void negativeCount_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> event("x", Optional.empty(), new AuditOutcome.Allowed(Optional.empty()), -1))
        .withMessage("left out: -1 (expected: at least 0)");
  }

  private static Facts facts(Fact... all) {
    return new Facts() {
      @Override
      public int size() {
        return 0;
      }

      @Override
      public List<Fact> list() {
        return List.of(all);
      }
    };
  }

  private static AuditRecord event(
      String peer, Optional<Caller> caller, AuditOutcome outcome, long leftOut) {
    return new AuditRecord(
        NOW,
        "orders.v1.Orders/Create",
        new AuditRecord.Origin(peer, caller, Optional.empty()),
        outcome,
        new LeftOut(leftOut, LeftOut.Of.KIND));
  }

  /** Every value by its path. */
  private static Map<String, String> read(AuditRecord event) throws IOException {
    Map<String, String> values = new TreeMap<>();
    try (JsonParser json = new JsonFactory().createParser(OcsfJson.of(event))) {
      json.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
      while (json.nextToken() != null) {
        JsonToken token = json.currentToken();
        if (token.isScalarValue()) {
          String path = json.getParsingContext().pathAsPointer().toString();
          values.put(path.substring(1).replace('/', '.'), json.getText());
        }
      }
    }
    return values;
  }
}
