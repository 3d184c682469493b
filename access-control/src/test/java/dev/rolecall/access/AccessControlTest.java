package dev.rolecall.access;

import static dev.rolecall.access.AccessBench.LIFE;
import static dev.rolecall.access.AccessBench.OPEN;
import static dev.rolecall.access.AccessBench.SAY;
import static dev.rolecall.access.AccessBench.admitted;
import static dev.rolecall.access.AccessBench.pending;
import static dev.rolecall.access.AccessBench.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.access.lookup.LookupLimits;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.FakeIssuer;
import dev.rolecall.access.scheme.FakeScheme;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.ReloadObserver;
import dev.rolecall.policy.RuleName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The whole pipeline without a door. */
final class AccessControlTest {

  private static final Credential CREDENTIAL = FakeScheme.header("key:id:0");

  @Test
  void build_withoutAScheme_isRefused() {
    assertThatThrownBy(
            () -> AccessControl.builder(PolicySource.fixed(AccessBench.denyingAll())).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("schemes: none (expected: at least one, given to accept)");
  }

  @Test
  void check_publicMethod_isAdmittedWithoutACredentialAndForEver() {
    try (AccessBench bench = new AccessBench()) {
      Admission admission = admitted(bench.check(OPEN, bench.connection, null));

      assertThat(admission.caller()).isNull();
      assertThat(admission.peer()).isEqualTo(AccessBench.PEER);
      assertThat(admission.method().fullName()).isEqualTo(OPEN);
      assertThat(admission.isOverAt(Long.MAX_VALUE - 1, Long.MAX_VALUE - 1)).isFalse();
      assertThat(bench.recorded()).containsExactly("allowed");
      assertThat(bench.records.get(0).caller()).isEmpty();
    }
  }

  @Test
  void check_methodThatNoPolicyCouldName_isAllowedToNobody() {
    try (AccessBench bench = new AccessBench()) {
      bench.scheme.then(bench.yes());
      assertThat(refused(bench.check("no method", bench.connection, CREDENTIAL)).reason())
          .isEqualTo(RefusalReason.METHOD_NOT_ALLOWED);
    }
  }

  @Test
  void check_callWithoutAGoodCredential_isRefusedForThatReason() {
    try (AccessBench bench = new AccessBench()) {
      assertThat(refused(bench.check(SAY, bench.connection, Credential.none())).reason())
          .isEqualTo(RefusalReason.CREDENTIAL_MISSING);
      assertThat(refused(bench.check(SAY, bench.connection, Credential.ambiguous())).reason())
          .isEqualTo(RefusalReason.CREDENTIALS_AMBIGUOUS);
      assertThat(refused(bench.check("of:no:scheme")).reason())
          .isEqualTo(RefusalReason.CREDENTIAL_MALFORMED);
      assertThat(bench.recorded()).as("the door records a refusal").isEmpty();
    }
  }

  @Test
  void check_unknownCredential_isPendingUntilItsIssuerAnswers() {
    try (AccessBench bench = new AccessBench()) {
      Pending pending = pending(bench.check("key:id:0"));
      List<String> ready = new ArrayList<>();
      pending.whenReady(() -> ready.add("ready"));
      assertThat(ready).isEmpty();

      Caller caller = bench.checkout();
      bench.scheme.answer(0, FakeScheme.yes(caller));

      assertThat(ready).containsExactly("ready");
      Admission admission = admitted(pending.outcome());
      assertThat(admission.caller()).isSameAs(caller);
      assertThat(bench.recorded()).containsExactly("allowed");
      assertThat(bench.records.get(0).caller()).contains(caller);
    }
  }

  @Test
  void check_credentialKnownOnTheConnection_isTheSameAdmissionWithoutALookUp() {
    try (AccessBench bench = new AccessBench()) {
      bench.scheme.then(bench.yes());
      Admission first = admitted(bench.check("key:id:0"));
      bench.scheme.close();
      for (int i = 0; i < 10; i++) {
        assertThat(bench.check("key:id:0")).isSameAs(first);
      }
      assertThat(bench.scheme.asked()).hasSize(1);
      assertThat(bench.recorded()).hasSize(11).containsOnly("allowed");
    }
  }

  @Test
  void check_credentialKnownOnAnotherConnection_isAdmittedAtOnce() {
    try (AccessBench bench = new AccessBench()) {
      bench.scheme.then(bench.yes());
      Caller caller = admitted(bench.check("key:id:0")).caller();
      ConnectionMemo other = bench.connection();

      assertThat(admitted(bench.check(SAY, other, CREDENTIAL)).caller()).isSameAs(caller);
      assertThat(bench.scheme.asked()).hasSize(1);
    }
  }

  @Test
  void check_callerThatThePolicyDenies_isRefusedWithWhatItMayLearn() {
    try (AccessBench bench = new AccessBench()) {
      Caller billing = FakeScheme.caller("billing", bench.time.instant().plus(LIFE));
      bench.scheme.then(FakeScheme.yes(billing));
      for (int i = 0; i < 2; i++) {
        Refusal refusal = refused(bench.check("key:id:0"));
        assertThat(refusal)
            .isEqualTo(
                new Refusal(
                    RefusalReason.METHOD_NOT_ALLOWED,
                    Map.of(
                        "role",
                        billing.principal().text(),
                        "method",
                        SAY,
                        "scheme",
                        billing.evidence().scheme()),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(billing),
                    Optional.empty()));
      }
    }
  }

  @Test
  void check_policyThatChanges_holdsFromTheNextCallOn() {
    try (AccessBench bench = new AccessBench()) {
      bench.scheme.then(bench.yes());
      admitted(bench.check("key:id:0"));

      bench.policies.change(
          AccessPolicy.builder("frozen")
              .deny(
                  "frozen",
                  List.of(RolePattern.parse("arn:aws:iam::111122223333:role/checkout")),
                  "/test.v1.Echo/*")
              .build());
      Refusal refusal = refused(bench.check("key:id:0"));
      assertThat(refusal.reason()).isEqualTo(RefusalReason.METHOD_NOT_ALLOWED);
      assertThat(refusal.rule()).contains(RuleName.parse("frozen"));

      bench.policies.change(AccessBench.allowing("checkout"));
      admitted(bench.check("key:id:0"));
      assertThat(bench.scheme.asked()).hasSize(1);
    }
  }

  @Test
  void check_refusedCredential_saysWhyAndHasItsFacts() {
    try (AccessBench bench = new AccessBench()) {
      bench.scheme.then(FakeScheme.no());
      Refusal refusal = refused(bench.check("key:id:0"));
      assertThat(refusal.reason()).isEqualTo(RefusalReason.ISSUER_REFUSED);
      assertThat(refusal.facts()).contains(new FakeScheme.Claims("id"));
      assertThat(refusal.help()).isEmpty();
      assertThat(refusal.retryAfter()).isEmpty();
    }
  }

  @Test
  void check_issuerThatDoesNotAnswer_isAnOutageWithATimeToWait() {
    try (AccessBench bench = new AccessBench()) {
      bench.scheme.then(FakeScheme.silence());
      Refusal refusal = refused(bench.check("key:id:0"));
      assertThat(refusal.reason()).isEqualTo(RefusalReason.ISSUER_UNAVAILABLE);
      assertThat(refusal.retryAfter()).contains(FakeIssuer.RETRY_AFTER);
      assertThat(refusal.facts()).contains(new FakeScheme.Claims("id"));
    }
  }

  @Test
  @Tag("attack")
  void check_callerThatLapsedWhileItsIssuerWasAsked_isExpiredAndToldTheTime() {
    try (AccessBench bench = new AccessBench()) {
      Pending pending = pending(bench.check("key:id:0"));
      Caller caller = bench.checkout();
      bench.time.advance(LIFE.plusMillis(1));
      bench.scheme.answer(0, FakeScheme.yes(caller));

      Refusal refusal = refused(pending.outcome());
      assertThat(refusal.reason()).isEqualTo(RefusalReason.CREDENTIAL_EXPIRED);
      assertThat(refusal.help()).isEqualTo(Map.of("serverTime", "2026-11-21T22:33:45Z"));
    }
  }

  @Test
  @Tag("attack")
  void check_atTheCredentialsEnd_isAdmittedAndAMomentLaterAskedAnew() {
    try (AccessBench bench = new AccessBench()) {
      bench.scheme.then(bench.yes()).then(FakeScheme.no());
      admitted(bench.check("key:id:0"));
      bench.time.advance(LIFE);
      admitted(bench.check("key:id:0"));
      bench.time.advance(Duration.ofMillis(1));
      assertThat(refused(bench.check("key:id:0")).reason()).isEqualTo(RefusalReason.ISSUER_REFUSED);
    }
  }

  @Test
  @Tag("attack")
  void check_clockSetBackAfterTheLapse_admitsNothingAgainOnTheConnection() {
    try (AccessBench bench = new AccessBench()) {
      Caller caller = bench.checkout();
      bench.scheme.then(FakeScheme.yes(caller));
      admitted(bench.check("key:id:0"));
      bench.time.advance(LIFE.plusSeconds(1));
      assertThat(refused(bench.check("key:id:0")).reason())
          .isEqualTo(RefusalReason.CREDENTIAL_EXPIRED);

      bench.time.setClock(caller.notAfter().minus(LIFE));
      for (int i = 0; i < 2; i++) {
        assertThat(refused(bench.check("key:id:0")).reason())
            .isEqualTo(RefusalReason.CREDENTIAL_EXPIRED);
      }
    }
  }

  @Test
  void check_credentialThatItsIssuerGivesALongerLife_isAdmittedAgainOnTheConnection() {
    try (AccessBench bench = new AccessBench()) {
      ConnectionMemo attested = bench.connectionOf(new FakeScheme.Certificate("key:id:7"));
      for (int life = 0; life < 3; life++) {
        bench.scheme.fromNowOn().then(bench.yes());
        admitted(bench.check("key:id:0"));
        admitted(bench.check(SAY, attested, null));
        bench.time.advance(LIFE.plusMillis(1));
      }
    }
  }

  @Test
  @Tag("attack")
  void check_certificatesThatCallsBring_areEachJudgedAlone() {
    try (AccessBench bench = new AccessBench()) {
      bench.scheme.then(bench.yes()).then(FakeScheme.no());
      admitted(bench.check(SAY, bench.connection, new FakeScheme.Certificate("key:id:1")));

      Credential another = new FakeScheme.Certificate("key:id:2");
      assertThat(refused(bench.check(SAY, bench.connection, another)).reason())
          .isEqualTo(RefusalReason.ISSUER_REFUSED);
      assertThat(bench.scheme.asked()).containsExactly("key:id:1", "key:id:2");
    }
  }

  @Test
  void check_callerWithoutAnEnd_isAdmittedForAsLong() {
    for (Instant end : List.of(Instant.MAX, Instant.ofEpochMilli(Long.MAX_VALUE))) {
      try (AccessBench bench = new AccessBench()) {
        bench.scheme.then(FakeScheme.yes(FakeScheme.caller("checkout", end)));
        for (int century = 0; century < 2; century++) {
          Admission admission = admitted(bench.check("key:id:0"));
          Recheck now = bench.access.recheck();
          assertThat(now.refusal(admission, null)).isNull();
          bench.time.advance(Duration.ofDays(36_500));
        }
      }
    }
  }

  @Test
  @Tag("attack")
  void build_withTheRuntimeOfAnotherControl_isRefused() {
    AccessRuntime runtime = AccessRuntime.ofDefaults();
    try (AccessBench bench = new AccessBench(options -> options.runtime(runtime))) {
      assertThatThrownBy(() -> new AccessBench(options -> options.runtime(runtime)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "runtime: it has an owner, who closes it (expected: a runtime for each owner)");
      assertThat(bench.access.runtime()).isSameAs(runtime);
    }
  }

  @Test
  @Tag("attack")
  void check_clockThatStandsStill_lapsesByElapsedTimeOnceAWalkHasReadIt() {
    try (AccessBench bench = new AccessBench()) {
      Caller caller = bench.checkout();
      bench.scheme.then(FakeScheme.yes(caller)).then(FakeScheme.no());
      admitted(bench.check("key:id:0"));
      bench.time.advance(LIFE.plusSeconds(1));
      bench.time.setClock(caller.notAfter().minus(LIFE));
      var unused = bench.access.recheck();

      assertThat(refused(bench.check("key:id:0")).reason()).isEqualTo(RefusalReason.ISSUER_REFUSED);
    }
  }

  @Test
  void pending_thatLeaves_isNeverAdmittedAndTheOthersAre() {
    try (AccessBench bench = new AccessBench()) {
      Pending left = pending(bench.check("key:id:0"));
      Pending stays = pending(bench.check(SAY, bench.connection(), CREDENTIAL));
      List<String> ready = new ArrayList<>();
      left.whenReady(() -> ready.add("left"));
      left.leave();
      assertThat(ready).containsExactly("left");
      assertThat(refused(left.outcome()).reason()).isEqualTo(RefusalReason.ISSUER_UNAVAILABLE);

      bench.scheme.answer(0, bench.yes());
      admitted(stays.outcome());
      assertThat(refused(left.outcome()).reason()).isEqualTo(RefusalReason.ISSUER_UNAVAILABLE);
      assertThat(bench.scheme.asked()).hasSize(1);
    }
  }

  @Test
  void crowdedOut_isTooManyWithATimeToWaitUntilTheControlIsClosed() {
    try (AccessBench bench = new AccessBench()) {
      Pending pending = pending(bench.check("key:id:0"));
      Refusal refusal = refused(pending.crowdedOut());
      assertThat(refusal.reason()).isEqualTo(RefusalReason.TOO_MANY_LOOKUPS);
      assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(1));

      bench.access.refuseAll();
      assertThat(refused(pending.crowdedOut()).reason()).isEqualTo(RefusalReason.GUARD_CLOSED);
    }
  }

  @Test
  void refuseAll_callsAndThoseThatWait_areRefusedAsClosed() {
    try (AccessBench bench = new AccessBench()) {
      bench.scheme.then(bench.yes());
      admitted(bench.check("key:id:0"));
      bench.scheme.fromNowOn();
      Pending waiting = pending(bench.check("key:id:1"));
      assertThat(bench.access.isClosed()).isFalse();

      bench.access.refuseAll();

      assertThat(bench.access.isClosed()).isTrue();
      bench.scheme.answer(1, bench.yes());
      for (Outcome outcome :
          List.of(
              waiting.outcome(),
              bench.check("key:id:0"),
              bench.check(OPEN, bench.connection, null))) {
        assertThat(refused(outcome).reason()).isEqualTo(RefusalReason.GUARD_CLOSED);
      }
      assertThat(bench.scheme.isClosed()).isFalse();
    }
  }

  @Test
  void close_onceOrTwice_closesAllThatItOwns() {
    try (AccessBench bench = new AccessBench()) {
      bench.access.close();
      bench.access.close();

      assertThat(bench.access.isClosed()).isTrue();
      assertThat(bench.scheme.isClosed()).isTrue();
      assertThat(bench.policies.closes()).isEqualTo(1);
      assertThat(bench.scheduler.periods()).as("summaries").isEmpty();
      assertThat(refused(bench.check("key:id:0")).reason()).isEqualTo(RefusalReason.GUARD_CLOSED);
    }
  }

  /** A source may outlive many controls: it must not hold them, nor count for them. */
  @Test
  void close_policyThatOthersUseToo_isObservedNoMore() {
    List<ReloadObserver> observers = new ArrayList<>();
    PolicySource source =
        new PolicySource() {
          @Override
          public AccessPolicy current() {
            return AccessBench.denyingAll();
          }

          @Override
          public Registration onChange(Runnable listener) {
            return () -> {};
          }

          @Override
          public Optional<Registration> observedBy(ReloadObserver observer) {
            observers.add(observer);
            return Optional.of(() -> observers.remove(observer));
          }
        };
    AccessControl control =
        AccessControl.builder(source.shared()).accept(new FakeScheme("key")).build();
    assertThat(observers).hasSize(1);

    control.close();

    assertThat(observers).isEmpty();
  }

  @Test
  void check_connectionWithACredential_isJudgedByThatAlone() {
    try (AccessBench bench = new AccessBench()) {
      ConnectionMemo attested = bench.connectionOf(new FakeScheme.Certificate("key:id:7"));
      bench.scheme.then(bench.yes());
      Admission first = admitted(bench.check(SAY, attested, null));

      assertThat(bench.check(SAY, attested, null)).isSameAs(first);
      assertThat(bench.scheme.asked()).containsExactly("key:id:7");
    }
  }

  @Test
  @Tag("attack")
  void check_connectionWithAnUnusableCredential_isRefusedWhateverTheCallBrings() {
    try (AccessBench bench = new AccessBench()) {
      ConnectionMemo unusable =
          bench.connectionOf(new Credential.Unusable(RefusalReason.ATTESTATION_INVALID));
      assertThat(refused(bench.check(SAY, unusable, null)).reason())
          .isEqualTo(RefusalReason.ATTESTATION_INVALID);
      bench.access.expect(unusable);
      assertThat(bench.scheme.asked()).isEmpty();
    }
  }

  @Test
  void expect_connectionWithACredential_isLookedUpBeforeItsFirstCall() {
    try (AccessBench bench = new AccessBench()) {
      bench.scheme.then(bench.yes());
      ConnectionMemo attested = bench.connectionOf(new FakeScheme.Certificate("key:id:7"));
      bench.access.expect(attested);
      assertThat(bench.scheme.asked()).containsExactly("key:id:7");

      admitted(bench.check(SAY, attested, null));
      assertThat(bench.scheme.asked()).hasSize(1);
    }
  }

  @Test
  void expect_connectionWithoutOneOrClosedControl_asksNothing() {
    try (AccessBench bench = new AccessBench()) {
      bench.access.expect(bench.connection);
      bench.access.refuseAll();
      bench.access.expect(bench.connectionOf(new FakeScheme.Certificate("key:id:7")));
      assertThat(bench.scheme.asked()).isEmpty();
    }
  }

  @Test
  void record_refusalsEndsAndDefects_areRecordedWithTheirReason() {
    try (AccessBench bench = new AccessBench()) {
      bench.scheme.then(bench.yes());
      CallRequest call = bench.call(SAY, bench.connection);
      Admission admission = admitted(bench.check(SAY, bench.connection, CREDENTIAL));
      bench.access.records().refused(call, Refusal.of(RefusalReason.ISSUER_REFUSED));
      bench.access.records().ended(admission, Refusal.of(RefusalReason.CREDENTIAL_EXPIRED));
      bench.access.records().defect(() -> call, new IllegalStateException("the test's"));
      bench
          .access
          .records()
          .defect(
              () -> {
                throw new IllegalStateException("the test's");
              },
              new IllegalStateException("the test's"));

      assertThat(bench.recorded())
          .containsExactly(
              "allowed", "refused ISSUER_REFUSED", "ended CREDENTIAL_EXPIRED", "refused DEFECT");
      assertThat(bench.records).allMatch(each -> each.peer().equals(AccessBench.PEER));
      assertThat(bench.records).allMatch(each -> each.method().equals(SAY));
    }
  }

  @Test
  @Tag("attack")
  void check_callersThatNoRuleCouldAdmit_costTheirPeerHalfOfARefusal() {
    try (AccessBench bench =
        new AccessBench(
            options ->
                options.lookupLimits(
                    LookupLimits.ofDefaults().withLookUps(2, 2).withInVainPerSecond(1, 1)))) {
      Caller stranger = FakeScheme.caller("stranger", bench.time.instant().plus(LIFE));
      bench.scheme.then(FakeScheme.yes(stranger));
      List<RefusalReason> reasons = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        reasons.add(refused(bench.check("key:id:" + i)).reason());
      }
      assertThat(reasons)
          .startsWith(RefusalReason.METHOD_NOT_ALLOWED)
          .endsWith(RefusalReason.TOO_MANY_LOOKUPS);
      assertThat(bench.scheme.asked()).hasSizeLessThanOrEqualTo(5);
    }
  }

  @Test
  void onChange_listener_hearsOfChangesUntilItsRegistrationIsClosed() {
    try (AccessBench bench = new AccessBench()) {
      List<String> heard = new ArrayList<>();
      var registration = bench.access.onChange(() -> heard.add("change"));
      bench.policies.change(AccessBench.denyingAll());
      registration.close();
      bench.policies.change(AccessBench.allowing("checkout"));
      assertThat(heard).containsExactly("change");
    }
  }
}
