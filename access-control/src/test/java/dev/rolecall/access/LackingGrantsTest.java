package dev.rolecall.access;

import static dev.rolecall.access.AccessBench.admitted;
import static dev.rolecall.access.AccessBench.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.audit.AuditOutcome;
import dev.rolecall.access.scheme.FakeScheme;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalKind;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.RuleName;
import dev.rolecall.policy.grant.GrantRequirement;
import dev.rolecall.policy.grant.PermissionName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Refusals for want of a grant: their reason, their details, and the rule that they name. */
@Tag("attack")
final class LackingGrantsTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final String CREDENTIAL = "key:id:0";
  private static final GrantRequirement ADMIN = GrantRequirement.of("orders-admin");
  private static final GrantRequirement OF_REGION =
      GrantRequirement.of("orders-admin", "orders/{header:x-region}");

  private final AccessBench bench = AccessBench.withGrants();
  private final Caller caller = FakeScheme.caller("checkout", bench.time.instant().plus(HOUR));

  @BeforeEach
  void knowTheCaller() {
    bench.policies.change(AccessBench.requiring(ADMIN));
    bench.scheme.then(FakeScheme.yes(caller));
  }

  @AfterEach
  void leave() {
    bench.close();
  }

  private Refusal refusal() {
    return refused(bench.check(CREDENTIAL));
  }

  private Outcome in(String region) {
    return bench.check(bench.connection, CREDENTIAL, Map.of("x-region", region));
  }

  @Test
  void refusal_withoutAGrant_saysWhatToAskFor() {
    Refusal refusal = refusal();

    assertThat(refusal.reason()).isEqualTo(RefusalReason.GRANT_REQUIRED);
    assertThat(refusal.help())
        .containsEntry("permission", "orders-admin")
        .containsEntry("howToAsk", "ask for orders-admin")
        .containsEntry("role", "arn:aws:iam::111122223333:role/checkout")
        .containsEntry("method", AccessBench.SAY)
        .doesNotContainKey("resource");
    assertThat(refusal.rule()).contains(RuleName.parse("by grant"));
    assertThat(refusal.retryAfter()).isEmpty();
  }

  @Test
  void refusal_withoutNewsOfGrants_isAnOutageWithATimeToRetry() {
    bench.grants.grant(caller, "orders-admin", HOUR);
    bench.grants.stale(true);
    Refusal refusal = refusal();

    assertThat(refusal.reason()).isEqualTo(RefusalReason.GRANTS_STALE);
    assertThat(refusal.reason().kind()).isEqualTo(RefusalKind.UNAVAILABLE);
    assertThat(refusal.help())
        .containsEntry("permission", "orders-admin")
        .doesNotContainKey("howToAsk");
    assertThat(refusal.retryAfter())
        .hasValueSatisfying(
            wait -> assertThat(wait).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2)));
    assertThat(refusal().retryAfter()).isNotEqualTo(refusal.retryAfter());
  }

  @Test
  void refusal_withoutNewsOfGrants_sparesCallersWhoNeedNone() {
    bench.policies.change(
        AccessBench.granting(AccessPolicy.builder("both"), "by grant", ADMIN)
            .allow(RolePattern.parse(Checkout.ROLE.toString()), "/" + AccessBench.SAY)
            .build());
    bench.grants.stale(true);

    assertThat(admitted(bench.check(CREDENTIAL)).right()).isNull();
  }

  @Test
  void refusal_ofSeveralRules_tellsTheWorstNews() {
    bench.policies.change(
        AccessBench.granting(
                AccessBench.granting(AccessPolicy.builder("two"), "first", ADMIN),
                "second",
                GrantRequirement.of("orders-writer"))
            .build());
    assertThat(refusal().rule()).contains(RuleName.parse("first"));

    bench.grants.grant(caller, "orders-admin", Duration.ofNanos(1));
    bench.grants.grant(caller, "orders-writer", HOUR).revoke();
    bench.time.advance(Duration.ofNanos(1));

    assertThat(refusal().reason()).isEqualTo(RefusalReason.GRANT_REVOKED);
    assertThat(refusal().rule()).contains(RuleName.parse("second"));
    assertThat(refusal().help()).containsEntry("permission", "orders-writer");
  }

  @Test
  void check_ofSeveralRules_namesTheFirstThatIsHeld() {
    bench.policies.change(
        AccessBench.granting(
                AccessBench.granting(AccessPolicy.builder("two"), "first", ADMIN),
                "second",
                GrantRequirement.of("orders-writer"))
            .build());
    bench.grants.grant(caller, "orders-writer", HOUR);
    admitted(bench.check(CREDENTIAL));
    assertThat(bench.records.get(0).outcome())
        .isEqualTo(
            new AuditOutcome.Allowed(
                Optional.of(RuleName.parse("second")),
                Optional.of(PermissionName.of("orders-writer"))));

    bench.grants.grant(caller, "orders-admin", HOUR);
    admitted(bench.check(CREDENTIAL));
    assertThat(bench.records.get(1).outcome())
        .isEqualTo(
            new AuditOutcome.Allowed(
                Optional.of(RuleName.parse("first")),
                Optional.of(PermissionName.of("orders-admin"))));
  }

  @Test
  void check_policyUnderAnother_needsTheGrantsOfBoth() {
    bench.policies.change(
        AccessBench.requiring(ADMIN)
            .narrowedBy(
                AccessBench.granting(
                        AccessPolicy.builder("narrower"), "narrow", GrantRequirement.of("on-duty"))
                    .build()));
    bench.grants.grant(caller, "orders-admin", HOUR);
    assertThat(refusal().help()).containsEntry("permission", "on-duty");

    bench.grants.grant(caller, "on-duty", HOUR.dividedBy(2));
    admitted(bench.check(CREDENTIAL));
    bench.time.advance(HOUR.dividedBy(2));
    assertThat(refusal().reason()).isEqualTo(RefusalReason.GRANT_EXPIRED);
  }

  @Test
  void check_resourceFromAHeader_holdsForTheOneCall() {
    bench.policies.change(AccessBench.requiring(OF_REGION));
    bench.grants.grant(caller, "orders-admin", "orders/eu", HOUR);

    admitted(in("eu"));
    assertThat(refused(in("us")).help()).containsEntry("resource", "orders/us");
    admitted(in("eu"));
    for (String each : new String[] {"eu,eu", "eu,us", "eu/us", "../eu", "", "e u"}) {
      Refusal refusal = refused(in(each));
      assertThat(refusal.reason()).as(each).isEqualTo(RefusalReason.GRANT_REQUIRED);
      assertThat(refusal.help()).as(each).doesNotContainKey("resource");
    }
    assertThat(refused(bench.check(bench.connection, CREDENTIAL, Map.of())).reason())
        .isEqualTo(RefusalReason.GRANT_REQUIRED);
  }

  @Test
  void check_requirementWithoutAResource_isMetByAGrantWithoutResourcesAlone() {
    bench.grants.grant(caller, "orders-admin", "orders/eu", HOUR);
    assertThat(refusal().reason()).isEqualTo(RefusalReason.GRANT_REQUIRED);

    bench.grants.grant(caller, "orders-admin", HOUR);
    admitted(bench.check(CREDENTIAL));
    bench.policies.change(AccessBench.requiring(OF_REGION));
    admitted(in("us"));
  }

  @Test
  void recheck_resourceFromAHeader_isJudgedByTheHeadersThatTheCallCameWith() {
    bench.policies.change(AccessBench.requiring(OF_REGION));
    bench.grants.grant(caller, "orders-admin", "orders/eu", HOUR);
    Admission live = admitted(in("eu"));
    bench.policies.change(
        AccessBench.requiring(GrantRequirement.of("orders-admin", "orders/{header:x-region}")));
    assertThat(bench.access.recheck().refusal(live, null)).isNull();

    bench.policies.change(
        AccessBench.requiring(GrantRequirement.of("orders-admin", "stock/{header:x-region}")));
    assertThat(refused(bench.access.recheck().refusal(live, null)).help())
        .containsEntry("resource", "stock/eu");
  }

  @Test
  void records_ofARefusal_nameThePermission() {
    bench.access.records().refused(bench.call(AccessBench.SAY, bench.connection), refusal());

    assertThat(bench.records.get(0).outcome())
        .isEqualTo(
            new AuditOutcome.Refused(
                RefusalReason.GRANT_REQUIRED,
                Optional.of(RuleName.parse("by grant")),
                Optional.of(PermissionName.of("orders-admin"))));
  }

  @Test
  void lineOfALog_namesThePermission() {
    assertThat(
            RefusalLine.of(
                "refused",
                bench.access.method(AccessBench.SAY, true),
                AccessBench.PEER,
                caller,
                refusal()))
        .startsWith("refused a call: GRANT_REQUIRED, ")
        .endsWith(", rule by grant, permission orders-admin");
  }

  @Test
  void shadow_thatRequiresAGrant_isAnsweredByTheSameGrants() {
    try (AccessBench shadowed =
        AccessBench.withGrants(
            options -> options.shadowPolicy(PolicySource.fixed(AccessBench.requiring(ADMIN))))) {
      shadowed.scheme.then(FakeScheme.yes(caller));
      admitted(shadowed.check(CREDENTIAL));
      assertThat(shadowed.records)
          .last()
          .extracting(each -> each.outcome().toString())
          .asString()
          .contains("shadow=DENIED")
          .contains("by grant");
      int records = shadowed.records.size();
      shadowed.grants.grant(caller, "orders-admin", HOUR);

      admitted(shadowed.check(CREDENTIAL));
      assertThat(shadowed.records)
          .hasSize(records + 1)
          .last()
          .extracting(each -> each.outcome().getClass())
          .isEqualTo(AuditOutcome.Allowed.class);
    }
  }

  @Test
  void check_methodThatIsNotEnforced_isAdmittedAndRecorded() {
    try (AccessBench lax =
        AccessBench.withGrants(AccessControlBuilder::admitAndRecordInsteadOfRefusing)) {
      lax.policies.change(AccessBench.requiring(ADMIN));
      lax.scheme.then(FakeScheme.yes(caller));

      assertThat(admitted(lax.check(CREDENTIAL)).insteadOfRefusal()).isTrue();
      assertThat(lax.recorded()).containsExactly("instead of REFUSED GRANT_REQUIRED");
      lax.grants.fail(new IllegalStateException("the test's"));
      assertThat(admitted(lax.check(CREDENTIAL)).insteadOfRefusal()).isTrue();
      assertThat(lax.recorded()).last().isEqualTo("instead of REFUSED DEFECT");
    }
  }
}
