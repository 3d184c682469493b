package dev.rolecall.access;

import static dev.rolecall.access.AccessBench.LIFE;
import static dev.rolecall.access.AccessBench.OPEN;
import static dev.rolecall.access.AccessBench.SAY;
import static dev.rolecall.access.AccessBench.admitted;
import static dev.rolecall.access.AccessBench.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.grant.Grants;
import dev.rolecall.access.runtime.RetryAfter;
import dev.rolecall.access.scheme.FakeScheme;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.testsupport.ManualTime;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The calls that live on, by time and policy. */
@Tag("attack")
final class RecheckTest {

  private static final Duration END = LIFE.plus(StreamLifetime.DEFAULT_GRACE);

  private final AccessBench bench = new AccessBench();

  @AfterEach
  void leave() {
    bench.close();
  }

  private Admission live() {
    bench.scheme.then(bench.yes());
    return admitted(bench.check("key:id:0"));
  }

  @Test
  void refusal_withinItsTime_isNone() {
    Admission admission = live();
    bench.time.advance(END.minusMillis(1));
    Recheck now = bench.access.recheck();

    assertThat(now.refusal(admission, bench.policies.current())).isNull();
    assertThat(now.refusal(admission, null)).as("decided anew").isNull();
  }

  @Test
  void refusal_atItsEnd_isExpiredAndSaysTheTime() {
    Admission admission = live();
    bench.time.advance(END);
    Refusal refusal = refused(bench.access.recheck().refusal(admission, bench.policies.current()));

    assertThat(refusal.reason()).isEqualTo(RefusalReason.CREDENTIAL_EXPIRED);
    assertThat(refusal.help()).isEqualTo(Map.of("serverTime", "2026-11-21T22:38:45Z"));
  }

  @Test
  void refusal_clockThatIsSetBack_endsItByElapsedTime() {
    Admission admission = live();
    bench.time.advance(END);
    bench.time.setClock(ManualTime.START);

    assertThat(refused(bench.access.recheck().refusal(admission, null)).reason())
        .isEqualTo(RefusalReason.CREDENTIAL_EXPIRED);
  }

  @Test
  void refusal_clockThatGoesForward_isObeyed() {
    Admission admission = live();
    bench.time.setClock(bench.time.instant().plus(END));

    assertThat(refused(bench.access.recheck().refusal(admission, null)).reason())
        .isEqualTo(RefusalReason.CREDENTIAL_EXPIRED);
  }

  @Test
  void refusal_policyThatNoLongerAllowsIt_endsIt() {
    Admission admission = live();
    var allowedBy = bench.policies.current();
    bench.policies.change(AccessBench.denyingAll());
    Recheck now = bench.access.recheck();

    assertThat(refused(now.refusal(admission, allowedBy)).reason())
        .isEqualTo(RefusalReason.METHOD_NOT_ALLOWED);
    assertThat(now.policy()).isSameAs(bench.policies.current());
    assertThat(now.refusal(admission, now.policy())).as("the policy that allowed it").isNull();
  }

  @Test
  void refusal_policyThatStillAllowsIt_isNone() {
    Admission admission = live();
    var allowedBy = bench.policies.current();
    bench.policies.change(AccessBench.allowing("checkout"));

    assertThat(bench.access.recheck().refusal(admission, allowedBy)).isNull();
  }

  @Test
  void refusal_publicMethod_livesWhileItIsPublic() {
    Admission admission = admitted(bench.check(OPEN, bench.connection, null));
    var allowedBy = bench.policies.current();
    bench.time.advance(Duration.ofDays(365));
    bench.policies.change(AccessBench.allowing("nobody"));
    assertThat(bench.access.recheck().refusal(admission, allowedBy)).isNull();

    bench.policies.change(AccessBench.denyingAll());
    assertThat(refused(bench.access.recheck().refusal(admission, allowedBy)).reason())
        .isEqualTo(RefusalReason.CREDENTIAL_MISSING);
  }

  @Test
  void refusal_methodThatBecomesPublic_isNone() {
    bench.scheme.then(bench.yes());
    Admission admission =
        admitted(bench.check(SAY, bench.connection(), FakeScheme.header("key:id:0")));
    bench.policies.change(AccessPolicy.builder("open").publicMethods("/" + SAY).build());

    assertThat(bench.access.recheck().refusal(admission, null)).isNull();
  }

  @Test
  void recheck_tickerThatThrows_leavesTheClock() {
    Admission admission = live();
    bench.ticker =
        () -> {
          throw new InternalError("the test's");
        };
    assertThat(bench.access.recheck().refusal(admission, null)).isNull();

    bench.time.advance(END);
    assertThat(refused(bench.access.recheck().refusal(admission, null)).reason())
        .isEqualTo(RefusalReason.CREDENTIAL_EXPIRED);
  }

  @Test
  void recheck_policyThatThrows_endsNothingButByTime() {
    Admission admission = live();
    bench.policies.fail();
    Recheck now = bench.access.recheck();
    assertThat(now.policy()).isNull();
    assertThat(now.refusal(admission, null)).isNull();

    bench.time.advance(END);
    assertThat(bench.access.recheck().refusal(admission, null)).isNotNull();
  }

  @Test
  void refusal_clockThatThrew_saysNoTime() {
    Admission admission = live();
    Recheck now =
        new Recheck(
            new Recheck.Moment(Recheck.UNKNOWN, Long.MAX_VALUE, Recheck.UNKNOWN),
            bench.policies.current(),
            bench.access.lookup().withdrawals(),
            new Recheck.Followed(Grants.none(), new RetryAfter(bench.access.runtime().random())),
            bench.access.runtime().supervisor());

    assertThat(now.refusal(admission, null))
        .isEqualTo(Refusal.of(RefusalReason.CREDENTIAL_EXPIRED));
  }
}
