package dev.rolecall.access;

import static dev.rolecall.access.AccessBench.LIFE;
import static dev.rolecall.access.AccessBench.SAY;
import static dev.rolecall.access.AccessBench.admitted;
import static dev.rolecall.access.AccessBench.pending;
import static dev.rolecall.access.AccessBench.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.access.lookup.LookupLimits;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.FakeScheme;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.testsupport.CapturedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that are admitted and recorded instead of refused. */
final class AdmittedInsteadTest {

  private static final String OTHER = "test.v1.Other/Say";

  private static AccessBench lax() {
    return new AccessBench(AccessControlBuilder::admitAndRecordInsteadOfRefusing);
  }

  @Test
  void admission_withOtherEnds_isInsteadOfARefusalAsBefore() {
    Admission usual = Checkout.admission(Checkout.unary(AuditCondition.NONE));
    Admission instead =
        new Admission(
            usual.method(),
            usual.origin(),
            usual.caller(),
            Long.MAX_VALUE,
            1,
            Admission.InsteadOfRefusal.GROUND);

    assertThat(instead.endingAt(1, 1).insteadOfRefusal()).isTrue();
    assertThat(usual.endingAt(1, 1).insteadOfRefusal()).isFalse();
  }

  @Test
  void check_callWithoutAGoodCredential_isAdmittedAndRecordedWithItsReason() {
    try (AccessBench bench = lax()) {
      bench.scheme.then(FakeScheme.no());
      for (Credential each :
          List.of(
              Credential.none(),
              Credential.ambiguous(),
              FakeScheme.header("of:no:scheme"),
              FakeScheme.header("key:id:0"))) {
        Admission admission = admitted(bench.check(SAY, bench.connection, each));
        assertThat(admission.caller()).isNull();
        assertThat(admission.insteadOfRefusal()).isTrue();
        assertThat(admission.isOverAt(Long.MAX_VALUE - 1, Long.MAX_VALUE - 1)).isFalse();
      }
      assertThat(bench.recorded())
          .containsExactly(
              "instead of REFUSED CREDENTIAL_MISSING",
              "instead of REFUSED CREDENTIALS_AMBIGUOUS",
              "instead of REFUSED CREDENTIAL_MALFORMED",
              "instead of REFUSED ISSUER_REFUSED");
    }
  }

  @Test
  void check_callerThatThePolicyDenies_isAdmittedAsThatCallerEachTime() {
    try (AccessBench bench = lax()) {
      Caller billing = FakeScheme.caller("billing", bench.time.instant().plus(LIFE));
      bench.scheme.then(FakeScheme.yes(billing));
      for (int i = 0; i < 30; i++) {
        assertThat(admitted(bench.check("key:id:0")).caller()).isSameAs(billing);
      }
      assertThat(bench.recorded())
          .hasSize(30)
          .containsOnly("instead of REFUSED METHOD_NOT_ALLOWED");
      assertThat(bench.records).allMatch(each -> each.caller().isPresent());
    }
  }

  @Test
  void check_callerThatThePolicyAllows_isAdmittedByItsRule() {
    try (AccessBench bench = lax()) {
      bench.scheme.then(bench.yes());
      assertThat(admitted(bench.check("key:id:0")).insteadOfRefusal()).isFalse();
      assertThat(bench.recorded()).containsExactly("allowed");
    }
  }

  @Test
  void check_outageAndLimit_admitWithTheirReason() {
    try (AccessBench bench =
        new AccessBench(
            options ->
                options
                    .admitAndRecordInsteadOfRefusing()
                    .lookupLimits(LookupLimits.ofDefaults().withWaiting(1, 1)))) {
      Pending waiting = pending(bench.check("key:id:0"));
      for (int i = 1; i < 20; i++) {
        bench.check("key:id:" + i);
      }
      assertThat(bench.recorded()).contains("instead of REFUSED TOO_MANY_LOOKUPS");

      bench.records.clear();
      bench.scheme.answer(0, FakeScheme.silence());
      assertThat(admitted(waiting.outcome()).caller()).isNull();
      assertThat(bench.recorded()).containsExactly("instead of REFUSED ISSUER_UNAVAILABLE");
    }
  }

  @Test
  void check_issuerThatNeverAnswers_isWaitedForTenSecondsAndNoLonger() {
    try (AccessBench bench = lax()) {
      Pending waiting = pending(bench.check("key:id:0"));
      List<String> ready = new ArrayList<>();
      waiting.whenReady(() -> ready.add("ready"));

      bench.scheduler.pass(AccessControl.LONGEST_WAIT.minusMillis(1));
      assertThat(ready).isEmpty();
      bench.scheduler.pass(Duration.ofMillis(1));

      assertThat(ready).containsExactly("ready");
      admitted(waiting.outcome());
      assertThat(bench.recorded()).containsExactly("instead of REFUSED ISSUER_UNAVAILABLE");
    }
  }

  @Test
  void check_credentialThatLapsesOnItsConnection_isAdmittedWithoutItsCaller() {
    try (AccessBench bench = lax()) {
      bench.scheme.then(bench.yes());
      admitted(bench.check("key:id:0"));
      bench.time.advance(LIFE.plusSeconds(1));

      assertThat(admitted(bench.check("key:id:0")).caller()).isNull();
      assertThat(bench.recorded())
          .containsExactly("allowed", "instead of REFUSED CREDENTIAL_EXPIRED");
    }
  }

  @Test
  void check_policySourceThatThrows_admitsAsADefect() {
    try (AccessBench bench = lax()) {
      Pending waiting = pending(bench.check("key:id:0"));
      bench.policies.fail();

      admitted(bench.check(SAY, bench.connection, Credential.none()));
      bench.scheme.answer(0, bench.yes());
      admitted(waiting.outcome());

      assertThat(bench.recorded()).hasSize(2).containsOnly("instead of REFUSED DEFECT");
    }
  }

  @Test
  void check_policySourceThatThrowsOfAnEnforcedMethod_isThrownToTheDoor() {
    try (AccessBench bench = new AccessBench()) {
      bench.policies.fail();
      assertThatThrownBy(() -> bench.check(SAY, bench.connection, Credential.none()))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void crowdedOut_isAnAdmissionUntilTheControlIsClosed() {
    try (AccessBench bench = lax()) {
      Pending waiting = pending(bench.check("key:id:0"));
      assertThat(admitted(waiting.crowdedOut()).insteadOfRefusal()).isTrue();

      bench.access.refuseAll();

      assertThat(refused(waiting.crowdedOut()).reason()).isEqualTo(RefusalReason.GUARD_CLOSED);
      assertThat(refused(waiting.outcome()).reason()).isEqualTo(RefusalReason.GUARD_CLOSED);
      assertThat(refused(bench.check("key:id:0")).reason()).isEqualTo(RefusalReason.GUARD_CLOSED);
    }
  }

  @Test
  void check_methodThatNoPatternMeans_isRefused() {
    try (AccessBench bench =
        new AccessBench(
            options -> options.admitAndRecordInsteadOfRefusing("/test.v1.Other/*", "/a.B/C"))) {
      assertThat(refused(bench.check(SAY, bench.connection, Credential.none())).reason())
          .isEqualTo(RefusalReason.CREDENTIAL_MISSING);
      assertThat(refused(bench.check("no method", bench.connection, Credential.none())).reason())
          .isEqualTo(RefusalReason.CREDENTIAL_MISSING);
      admitted(bench.check(OTHER, bench.connection, Credential.none()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "test.v1.Echo/Say", "/test.*.Say", "*"})
  void admitAndRecordInsteadOfRefusing_textThatIsNoPattern_isRefused(String path) {
    assertThatThrownBy(
            () ->
                AccessControl.builder(PolicySource.fixed(AccessBench.denyingAll()))
                    .admitAndRecordInsteadOfRefusing(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: ");
  }

  @Test
  void admitAndRecordInsteadOfRefusing_emptyList_isNotEveryMethod() {
    assertThatThrownBy(
            () ->
                AccessControl.builder(PolicySource.fixed(AccessBench.denyingAll()))
                    .admitAndRecordInsteadOfRefusing(new String[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("paths: none (expected: at least one, or no argument at all for every method)");
  }

  @Test
  void condition_none_recordsNothing() {
    try (AccessBench bench =
        new AccessBench(
            options ->
                options
                    .admitAndRecordInsteadOfRefusing()
                    .audit(
                        AuditRules.ofDefaults()
                            .to(record -> assertThat(record).isNull())
                            .on(AuditCondition.NONE)))) {
      admitted(bench.check(SAY, bench.connection, Credential.none()));
      assertThat(bench.recorded()).isEmpty();
    }
  }

  @Test
  void warning_saysAtTheStartAndEachHourThatNothingIsProtected() {
    try (CapturedLog log = CapturedLog.of("rolecall.access", Level.WARNING);
        AccessBench bench = lax()) {
      assertThat(log.at(Level.WARNING)).hasSize(1);
      bench.scheduler.pass(Duration.ofHours(2));
      assertThat(log.lines())
          .hasSize(3)
          .containsOnly(
              "WARNING calls are admitted and recorded instead of refused, as this server was told;"
                  + " methods: all. They are not protected (expected: during a migration alone)");
    }
  }

  @Test
  void warning_ofAControlThatRefuses_isNotWritten() {
    try (CapturedLog log = CapturedLog.of("rolecall.access", Level.WARNING);
        AccessBench bench = new AccessBench()) {
      bench.scheduler.pass(Duration.ofHours(2));
      assertThat(log.at(Level.WARNING)).isEmpty();
    }
  }
}
