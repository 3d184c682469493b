package dev.rolecall.access;

import static dev.rolecall.access.AccessBench.OPEN;
import static dev.rolecall.access.AccessBench.SAY;
import static dev.rolecall.access.AccessBench.admitted;
import static dev.rolecall.access.AccessBench.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.scheme.FakeScheme;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.grant.GrantRequirement;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Locked callers: no rule admits them, with or without a grant, and their calls end. */
@Tag("attack")
final class LockedCallersTest {

  private static final String CREDENTIAL = "key:id:0";

  private final AccessBench bench = AccessBench.withGrants();
  private final Caller caller = bench.checkout();

  @AfterEach
  void leave() {
    bench.close();
  }

  private Admission live() {
    bench.scheme.then(FakeScheme.yes(caller));
    return admitted(bench.check(CREDENTIAL));
  }

  @Test
  void check_lockedCallerOnAWarmConnection_isRefusedUnderAPlainRule() {
    live();
    bench.grants.lock(caller);
    Refusal refusal = refused(bench.check(CREDENTIAL));

    assertThat(refusal.reason()).isEqualTo(RefusalReason.CALLER_LOCKED);
    assertThat(refusal.caller()).contains(caller);
  }

  @Test
  void check_lockedCallerOnItsFirstCall_isRefused() {
    bench.grants.lock(caller);
    bench.scheme.then(FakeScheme.yes(caller));

    assertThat(refused(bench.check(CREDENTIAL)).reason()).isEqualTo(RefusalReason.CALLER_LOCKED);
  }

  @Test
  void check_lockedCallerWithAGrant_isRefused() {
    bench.policies.change(AccessBench.requiring(GrantRequirement.of("orders-admin")));
    bench.grants.grant(caller, "orders-admin", Duration.ofHours(1));
    live();
    bench.grants.lock(caller);

    assertThat(refused(bench.check(CREDENTIAL)).reason()).isEqualTo(RefusalReason.CALLER_LOCKED);
  }

  @Test
  void check_callerThatIsUnlocked_isAdmittedWithoutAnotherLookUp() {
    live();
    bench.grants.lock(caller);
    refused(bench.check(CREDENTIAL));
    bench.grants.unlock(caller);

    admitted(bench.check(CREDENTIAL));
    assertThat(bench.scheme.asked()).hasSize(1);
  }

  @Test
  void check_lockOfAnother_asksOnceMoreAndAdmits() {
    live();
    admitted(bench.check(CREDENTIAL));
    int asked = bench.grants.timesAskedIfLocked.get();
    bench.grants.lock(FakeScheme.caller("other", caller.notAfter()));
    for (int i = 0; i < 100; i++) {
      admitted(bench.check(CREDENTIAL));
    }

    assertThat(bench.grants.timesAskedIfLocked).hasValue(asked + 1);
  }

  @Test
  void check_publicMethod_asksForNoCaller() {
    live();
    bench.grants.lock(caller);

    admitted(bench.check(OPEN, bench.connection, FakeScheme.header(CREDENTIAL)));
  }

  @Test
  void check_withdrawnCredentialOfALockedCaller_tellsOfTheWithdrawal() {
    live();
    bench.grants.lock(caller);
    bench.scheme.withdraw(caller, RefusalReason.CREDENTIAL_INACTIVE);

    assertThat(refused(bench.check(CREDENTIAL)).reason())
        .isEqualTo(RefusalReason.CREDENTIAL_INACTIVE);
  }

  @Test
  void recheck_liveCallOfALockedCaller_ends() {
    Admission live = live();
    var allowedBy = bench.policies.current();
    assertThat(bench.access.recheck().refusal(live, allowedBy)).isNull();
    bench.grants.lock(caller);

    assertThat(refused(bench.access.recheck().refusal(live, allowedBy)).reason())
        .isEqualTo(RefusalReason.CALLER_LOCKED);
    assertThat(refused(bench.access.recheck().refusal(live, null)).reason())
        .as("decided anew")
        .isEqualTo(RefusalReason.CALLER_LOCKED);
  }

  @Test
  void recheck_callOfAPublicMethod_livesOn() {
    Admission open = admitted(bench.check(OPEN, bench.connection, FakeScheme.header(CREDENTIAL)));
    bench.grants.lock(caller);

    assertThat(bench.access.recheck().refusal(open, null)).isNull();
  }

  @Test
  void recheck_defectInTheGrants_endsNothingUnderAPlainRule() {
    Admission live = live();
    bench.grants.fail(new IllegalStateException("the test's"));

    assertThat(bench.access.recheck().refusal(live, bench.policies.current())).isNull();
    bench.time.advance(AccessBench.LIFE.plus(StreamLifetime.DEFAULT_GRACE));
    assertThat(refused(bench.access.recheck().refusal(live, null)).reason())
        .as("time ends it all the same")
        .isEqualTo(RefusalReason.CREDENTIAL_EXPIRED);
  }

  @Test
  void onChange_lock_isHeardUntilItsRegistrationIsClosed() {
    var heard = new ArrayList<String>();
    var registration = bench.access.onChange(() -> heard.add(SAY));
    bench.grants.lock(caller);
    assertThat(heard).hasSize(1);

    registration.close();
    bench.grants.unlock(caller);
    assertThat(heard).hasSize(1);
  }
}
