package dev.rolecall.access;

import static dev.rolecall.access.AccessBench.admitted;
import static dev.rolecall.access.AccessBench.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.scheme.FakeScheme;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Credentials that their scheme withdraws before their end, on every way they are remembered. */
@Tag("attack")
final class WithdrawnCredentialsTest {

  private static final RefusalReason GONE = RefusalReason.ISSUER_REFUSED;

  private final AccessBench bench = new AccessBench();
  private final Caller caller = bench.checkout();

  @AfterEach
  void leave() {
    bench.close();
  }

  private Admission live() {
    bench.scheme.then(FakeScheme.yes(caller));
    return admitted(bench.check("key:id:0"));
  }

  @Test
  void check_credentialThatItsConnectionKnows_isRefusedOnceItIsWithdrawn() {
    live();
    admitted(bench.check("key:id:0"));
    bench.scheme.withdraw(caller, GONE);

    assertThat(refused(bench.check("key:id:0")).reason()).isEqualTo(GONE);
  }

  @Test
  void check_answerRememberedFromAnotherConnection_isRefusedOnceItIsWithdrawn() {
    live();
    bench.scheme.withdraw(caller, GONE);

    assertThat(
            refused(bench.check(AccessBench.SAY, bench.connection(), FakeScheme.header("key:id:0")))
                .reason())
        .isEqualTo(GONE);
    assertThat(bench.scheme.asked()).hasSize(1);
  }

  @Test
  void check_anotherCallersCredential_isAdmittedAfterAWithdrawal() {
    live();
    bench.scheme.withdraw(FakeScheme.caller("other", caller.notAfter()), GONE);

    admitted(bench.check("key:id:0"));
  }

  @Test
  void check_withoutAWithdrawal_asksTheSchemeOnceAConnection() {
    live();
    admitted(bench.check("key:id:0"));
    int asked = bench.scheme.timesAskedIfWithdrawn();
    for (int i = 0; i < 100; i++) {
      admitted(bench.check("key:id:0"));
    }
    assertThat(bench.scheme.timesAskedIfWithdrawn()).isEqualTo(asked);

    bench.scheme.withdraw(FakeScheme.caller("other", caller.notAfter()), GONE);
    for (int i = 0; i < 100; i++) {
      admitted(bench.check("key:id:0"));
    }
    assertThat(bench.scheme.timesAskedIfWithdrawn()).isEqualTo(asked + 1);
  }

  @Test
  void recheck_liveCall_isEndedOnceItsCredentialIsWithdrawn() {
    Admission admission = live();
    var allowedBy = bench.policies.current();
    assertThat(bench.access.recheck().refusal(admission, allowedBy)).isNull();
    bench.scheme.withdraw(caller, GONE);

    assertThat(refused(bench.access.recheck().refusal(admission, allowedBy)).reason())
        .isEqualTo(GONE);
  }

  @Test
  void recheck_callOfAPublicMethod_hasNoCredentialToWithdraw() {
    Admission admission = admitted(bench.check(AccessBench.OPEN, bench.connection, null));
    bench.scheme.withdraw(caller, GONE);

    assertThat(bench.access.recheck().refusal(admission, null)).isNull();
  }

  @Test
  void remember_verifiedAnewAfterAWithdrawal_takesThePlaceOfWhatWasWithdrawn() {
    CachedCaller first = new CachedCaller(caller, Long.MAX_VALUE);
    bench.connection.remember(FakeScheme.header("key:id:0"), first);
    bench.scheme.withdraw(caller, GONE);
    assertThat(first.stands(bench.access.lookup().withdrawals())).isFalse();

    Caller sooner = FakeScheme.caller("checkout", caller.notAfter().minus(Duration.ofMinutes(5)));
    CachedCaller again = new CachedCaller(sooner, Long.MAX_VALUE);

    assertThat(bench.connection.remember(FakeScheme.header("key:id:0"), again)).isSameAs(again);
    assertThat(again.stands(bench.access.lookup().withdrawals())).isTrue();
  }

  @Test
  void onChange_withdrawal_isHeardUntilItsRegistrationIsClosed() {
    List<String> heard = new ArrayList<>();
    var registration = bench.access.onChange(() -> heard.add("change"));
    bench.scheme.withdraw(caller, GONE);
    assertThat(heard).hasSize(1);

    registration.close();
    bench.scheme.withdraw(caller, GONE);
    assertThat(heard).hasSize(1);
  }
}
