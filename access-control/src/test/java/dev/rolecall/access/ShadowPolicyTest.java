package dev.rolecall.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.access.audit.AuditOutcome;
import dev.rolecall.access.audit.AuditOutcome.ShadowDiffers;
import dev.rolecall.access.audit.AuditRecord;
import dev.rolecall.access.audit.LeftOut;
import dev.rolecall.access.audit.ShadowAnswer;
import dev.rolecall.access.call.CallOrigin;
import dev.rolecall.access.grant.Grants;
import dev.rolecall.access.internal.metrics.DecisionMetrics;
import dev.rolecall.access.internal.records.AuditWriter;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.RuleName;
import dev.rolecall.policy.condition.CallConditions;
import dev.rolecall.testsupport.ManualTime;
import dev.rolecall.testsupport.RecordedTelemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A second policy says what it would have done, and nothing is done about it. */
@Tag("attack")
final class ShadowPolicyTest {

  private static final RuleName RULE = RuleName.parse("in force");
  private static final RolePattern ROLE = RolePattern.parse(Checkout.ROLE.toString());

  private static final AccessPolicy ALLOWS =
      AccessPolicy.builder("allows").allow("by shadow", List.of(ROLE), "/test.v1.Echo/*").build();
  private static final AccessPolicy DENIES =
      AccessPolicy.builder("denies").deny("no by shadow", List.of(ROLE), "/test.v1.Echo/*").build();
  private static final AccessPolicy SILENT = AccessPolicy.builder("silent").build();
  private static final AccessPolicy OPENS =
      AccessPolicy.builder("opens").publicMethods("/test.v1.Echo/*").build();

  private final ManualTime clock = new ManualTime();
  private final RecordedTelemetry recorded = new RecordedTelemetry();
  private final DecisionMetrics metrics = new DecisionMetrics(recorded.telemetry());
  private final List<AuditRecord> records = new ArrayList<>();

  private List<AuditOutcome> outcomes() {
    return records.stream().map(AuditRecord::outcome).toList();
  }

  private DecisionJournal journal(PolicySource shadow) {
    return new DecisionJournal(
        Checkout.runtime(clock),
        metrics,
        new AuditWriter(records::add, metrics, clock),
        false,
        new ShadowPolicy(shadow, metrics, Grants.none()));
  }

  private DecisionJournal journal(AccessPolicy shadow) {
    return journal(PolicySource.fixed(shadow));
  }

  private static void allow(DecisionJournal journal, CalledMethod method) {
    Admission admission = Checkout.admission(method);
    journal.allowed(
        admission,
        Checkout.caller(),
        journal.named(admission, Checkout.caller(), RULE, Optional.empty()),
        Checkout.ORIGIN);
  }

  private static Refusal notAllowed() {
    return Refusal.notAllowed(Checkout.caller(), Checkout.UNARY, Optional.of(RULE));
  }

  @Test
  void allowedCall_differsWhereTheShadowDenies() {
    CalledMethod method = Checkout.unary(AuditCondition.ON_DENY);
    for (AccessPolicy same : List.of(ALLOWS, OPENS)) {
      allow(journal(same), method);
    }
    assertThat(records).isEmpty();

    allow(journal(DENIES), method);
    allow(journal(SILENT), method);

    assertThat(outcomes())
        .containsExactly(
            new ShadowDiffers(
                Optional.empty(),
                Optional.of(RULE),
                ShadowAnswer.DENIED,
                Optional.of(RuleName.parse("no by shadow"))),
            new ShadowDiffers(
                Optional.empty(), Optional.of(RULE), ShadowAnswer.DENIED, Optional.empty()));
    assertThat(records).allMatch(each -> each.caller().equals(Optional.of(Checkout.caller())));
  }

  @Test
  void deniedCall_differsWhereTheShadowAllows() {
    CalledMethod method = Checkout.unary(AuditCondition.ON_ALLOW);
    for (AccessPolicy same : List.of(DENIES, SILENT)) {
      journal(same).refused(method, Checkout.ORIGIN, notAllowed());
    }
    assertThat(records).isEmpty();

    journal(ALLOWS).refused(method, Checkout.ORIGIN, notAllowed());
    journal(OPENS).refused(method, Checkout.ORIGIN, notAllowed());

    Optional<RefusalReason> reason = Optional.of(RefusalReason.METHOD_NOT_ALLOWED);
    assertThat(outcomes())
        .containsExactly(
            new ShadowDiffers(
                reason,
                Optional.of(RULE),
                ShadowAnswer.ALLOWED,
                Optional.of(RuleName.parse("by shadow"))),
            new ShadowDiffers(reason, Optional.of(RULE), ShadowAnswer.PUBLIC, Optional.empty()));
  }

  @Test
  void publicCall_differsWhereTheShadowAsksWhoCalls() {
    CalledMethod method = Checkout.unary(AuditCondition.ON_DENY);

    journal(OPENS).allowedPublic(method, Checkout.ORIGIN);
    assertThat(records).isEmpty();
    journal(ALLOWS).allowedPublic(method, Checkout.ORIGIN);

    assertThat(outcomes())
        .containsExactly(
            new ShadowDiffers(
                Optional.empty(),
                Optional.empty(),
                ShadowAnswer.CALLER_REQUIRED,
                Optional.empty()));
  }

  @ParameterizedTest
  @EnumSource
  void refusalOfAnUnknownCaller_differsOnlyWhereTheShadowIsOpen(RefusalReason reason) {
    CalledMethod method = Checkout.unary(AuditCondition.ON_ALLOW);
    Refusal refusal = Refusal.of(reason, ManualTime.START);
    for (AccessPolicy same : List.of(ALLOWS, DENIES, SILENT)) {
      journal(same).refused(method, Checkout.ORIGIN, refusal);
    }
    assertThat(records).isEmpty();

    journal(OPENS).refused(method, Checkout.ORIGIN, refusal);

    assertThat(outcomes())
        .containsExactly(
            new ShadowDiffers(
                Optional.of(reason), Optional.empty(), ShadowAnswer.PUBLIC, Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({"ON_DENY, 1", "ON_ALLOW, 2", "BOTH, 2", "NONE, 0"})
  void difference_isRecordedBesideTheDecision_unlessNothingIs(
      AuditCondition condition, int expected) {
    allow(journal(DENIES), Checkout.unary(condition));

    assertThat(records).hasSize(expected);
  }

  @Test
  void differences_moreThanTheLimit_areLeftOutAndCounted() {
    DecisionJournal journal = journal(DENIES);
    CalledMethod method = Checkout.unary(AuditCondition.ON_DENY);
    for (int i = 0; i < 50; i++) {
      allow(journal, method);
    }
    assertThat(records).hasSize(10);

    clock.advance(Duration.ofMinutes(1));
    journal.summarize();

    assertThat(records).hasSize(11);
    assertThat(records.get(10).leftOut())
        .isEqualTo(new LeftOut(39, LeftOut.Of.KIND, records.get(10).leftOut().since()));
    assertThat(records.get(10).leftOut().since()).isPresent();
    assertThat(recorded.sum("rolecall.audit.records{result=left_out}")).isEqualTo(40);
    assertThat(recorded.sum(differences("allowed", "no by shadow", "denied"))).isEqualTo(50);
  }

  @Test
  void differences_leftOut_areWrittenWhenTheJournalIsClosed() {
    DecisionJournal journal = journal(DENIES);
    for (int i = 0; i < 12; i++) {
      allow(journal, Checkout.unary(AuditCondition.ON_DENY));
    }

    journal.close();

    assertThat(records).hasSize(11);
    assertThat(records.get(10).leftOut())
        .isEqualTo(new LeftOut(1, LeftOut.Of.KIND, records.get(10).leftOut().since()));
    assertThat(records.get(10).leftOut().since()).isPresent();
  }

  @Test
  void eachDifference_isCountedWithTheShadowsAnswer_andSoIsAFailure() {
    CalledMethod method = Checkout.unary(AuditCondition.NONE);
    ManualPolicies broken = new ManualPolicies(ALLOWS);
    broken.fail();

    allow(journal(SILENT), method);
    journal(ALLOWS).allowedPublic(method, Checkout.ORIGIN);
    journal(ALLOWS).refused(method, Checkout.ORIGIN, notAllowed());
    journal(OPENS)
        .refused(
            method, Checkout.ORIGIN, Refusal.of(RefusalReason.ISSUER_REFUSED, ManualTime.START));
    allow(journal(broken), method);

    assertThat(recorded.sums())
        .containsEntry(differences("allowed", "none", "denied"), 1.0)
        .containsEntry(differences("public", "none", "caller_required"), 1.0)
        .containsEntry(differences("method_not_allowed", "by shadow", "allowed"), 1.0)
        .containsEntry(differences("issuer_refused", "none", "public"), 1.0)
        .containsEntry(differences("allowed", "none", "failed"), 1.0);
    assertThat(records).isEmpty();
  }

  private static String differences(String decision, String rule, String shadow) {
    return "rolecall.server.shadow.differences{decision="
        + decision
        + ",grpc.method="
        + Checkout.UNARY
        + ",rule="
        + rule
        + ",shadow="
        + shadow
        + "}";
  }

  @Test
  void shadow_withConditions_readsTheSameCall() {
    CalledMethod method = Checkout.unary(AuditCondition.BOTH);
    AccessPolicy blue =
        AccessPolicy.builder("blue")
            .allow(
                "blue",
                List.of(RolePattern.parse(Checkout.ROLE.toString())),
                CallConditions.withHeader("x-tenant", "blue"),
                "/" + Checkout.UNARY)
            .build();
    DecisionJournal journal = journal(blue);

    for (String tenant : List.of("blue", "red", "blue")) {
      CallOrigin origin = Checkout.ORIGIN.with(Map.of("x-tenant", tenant), FakeHeaders.READER);
      journal.allowed(
          Checkout.admission(method),
          Checkout.caller(),
          journal.named(Checkout.admission(method), Checkout.caller(), RULE, Optional.empty()),
          origin);
      journal.refused(method, origin, notAllowed());
    }

    assertThat(outcomes().stream().filter(ShadowDiffers.class::isInstance))
        .extracting(each -> ((ShadowDiffers) each).shadow())
        .containsExactly(ShadowAnswer.ALLOWED, ShadowAnswer.DENIED, ShadowAnswer.ALLOWED);
  }
}
