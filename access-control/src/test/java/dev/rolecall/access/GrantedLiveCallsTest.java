package dev.rolecall.access;

import static dev.rolecall.access.AccessBench.admitted;
import static dev.rolecall.access.AccessBench.refused;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.scheme.FakeScheme;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.grant.GrantRequirement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The calls that live on under a grant: invariants I5, I6 and I7, as the engine judges them. */
@Tag("attack")
final class GrantedLiveCallsTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final String CREDENTIAL = "key:id:0";
  private static final GrantRequirement ADMIN = GrantRequirement.of("orders-admin");

  private final AccessBench bench = AccessBench.withGrants();
  private final Caller caller =
      FakeScheme.caller("checkout", bench.time.instant().plus(HOUR.multipliedBy(9)));

  @BeforeEach
  void knowTheCaller() {
    bench.policies.change(AccessBench.requiring(ADMIN));
    bench.scheme.then(FakeScheme.yes(caller));
  }

  @AfterEach
  void leave() {
    bench.close();
  }

  private Admission live() {
    return admitted(bench.check(CREDENTIAL));
  }

  private Outcome judge(Admission live) {
    return judge(live, bench.policies.current());
  }

  private Outcome judge(Admission live, @Nullable AccessPolicy allowedBy) {
    Recheck.Finding finding = bench.access.recheck().judge(live, allowedBy);
    return finding instanceof Refusal.Unmade refusal ? refusal.made() : (Admission) finding;
  }

  @Test
  void judge_endOfTheGrant_isTheEndWheneverTheCallBegan() {
    bench.grants.grant(caller, "orders-admin", HOUR);
    Admission early = live();
    bench.time.advance(HOUR.minusSeconds(1));
    Admission late = live();
    bench.time.advance(Duration.ofSeconds(1).minusNanos(1));
    assertThat(judge(early)).isSameAs(early);
    assertThat(judge(late)).isSameAs(late);
    bench.time.advance(Duration.ofNanos(1));

    assertThat(refused(judge(early)).reason()).isEqualTo(RefusalReason.GRANT_EXPIRED);
    assertThat(refused(judge(late)).reason()).isEqualTo(RefusalReason.GRANT_EXPIRED);
  }

  @Test
  void judge_oneOfTwoGrantsEndsOrIsRevoked_goesOnUntilTheOtherDoes() {
    bench.grants.grant(caller, "orders-admin", HOUR.dividedBy(2));
    FakeGrants.Grant longer = bench.grants.grant(caller, "orders-admin", HOUR);
    FakeGrants.Grant revoked = bench.grants.grant(caller, "orders-admin", HOUR.multipliedBy(2));
    Admission live = live();
    revoked.revoke();
    bench.time.advance(HOUR.dividedBy(2));
    assertThat(judge(live)).isSameAs(live);
    longer.revoke();

    assertThat(refused(judge(live)).reason()).isEqualTo(RefusalReason.GRANT_REVOKED);
  }

  @Test
  void judge_anotherRulesGrant_keepsTheCallWhenTheFirstEnds() {
    bench.policies.change(
        AccessBench.granting(
                AccessBench.granting(AccessPolicy.builder("two"), "first", ADMIN),
                "second",
                GrantRequirement.of("orders-writer"))
            .build());
    bench.grants.grant(caller, "orders-admin", HOUR.dividedBy(2));
    Admission live = live();
    bench.grants.grant(caller, "orders-writer", HOUR);
    bench.time.advance(HOUR.dividedBy(2));
    assertThat(judge(live)).isSameAs(live);
    bench.time.advance(HOUR.dividedBy(2));

    assertThat(refused(judge(live)).reason()).isEqualTo(RefusalReason.GRANT_EXPIRED);
  }

  @Test
  void judge_extendedGrant_keepsTheVerySameTerms() {
    FakeGrants.Grant grant = bench.grants.grant(caller, "orders-admin", HOUR);
    Admission live = live();
    grant.extend(HOUR.multipliedBy(2));
    bench.time.advance(HOUR);

    assertThat(judge(live)).isSameAs(live);
    bench.time.advance(HOUR);
    assertThat(refused(judge(live)).reason()).isEqualTo(RefusalReason.GRANT_EXPIRED);
  }

  @Test
  void judge_policyThatNeedsNoGrantAnyMore_goesOnByTheRuleAlone() {
    FakeGrants.Grant grant = bench.grants.grant(caller, "orders-admin", HOUR);
    Admission live = live();
    bench.policies.change(AccessBench.allowing("checkout"));
    grant.revoke();
    Admission now = admitted(judge(live, null));

    assertThat(now.right()).isNull();
    assertThat(judge(now)).isSameAs(now);
  }

  @Test
  void judge_policyThatRequiresAGrantFromNowOn_holdsTheLiveCallToIt() {
    bench.policies.change(AccessBench.allowing("checkout"));
    Admission live = live();
    bench.policies.change(AccessBench.requiring(ADMIN));
    assertThat(refused(judge(live, null)).reason()).isEqualTo(RefusalReason.GRANT_REQUIRED);

    FakeGrants.Grant grant = bench.grants.grant(caller, "orders-admin", HOUR);
    Admission now = admitted(judge(live, null));
    grant.revoke();
    assertThat(refused(judge(now)).reason()).isEqualTo(RefusalReason.GRANT_REVOKED);
  }

  @Test
  void judge_grantsOnTheirWay_leaveTheLiveCallUntilTheyHaveCome() {
    bench.policies.change(AccessBench.allowing("checkout"));
    Admission live = live();
    bench.grants.awaited(true);
    bench.policies.change(AccessBench.requiring(ADMIN));

    Admission waiting = admitted(judge(live, null));
    assertThat(admitted(judge(waiting))).isSameAs(waiting);
    assertThat(refused(bench.check(CREDENTIAL)).reason()).isEqualTo(RefusalReason.GRANTS_STALE);
    bench.grants.awaited(false);
    assertThat(refused(judge(waiting)).reason()).isEqualTo(RefusalReason.GRANT_REQUIRED);
    bench.grants.grant(caller, "orders-admin", HOUR);
    assertThat(admitted(judge(waiting))).isSameAs(waiting);
    bench.time.advance(HOUR);
    assertThat(refused(judge(waiting)).reason()).isEqualTo(RefusalReason.GRANT_EXPIRED);
  }

  @Test
  void judge_grantsThatDoNotCome_endTheLiveCallAsAnOutage() {
    bench.policies.change(AccessBench.allowing("checkout"));
    Admission live = live();
    bench.grants.awaited(true);
    bench.policies.change(AccessBench.requiring(ADMIN));
    Admission waiting = admitted(judge(live, null));
    bench.grants.awaited(false);
    bench.grants.stale(true);

    assertThat(refused(judge(waiting)).reason()).isEqualTo(RefusalReason.GRANTS_STALE);
  }

  @Test
  void judge_lockedCallerWhoseGrantsAreOnTheirWay_ends() {
    bench.policies.change(AccessBench.allowing("checkout"));
    Admission live = live();
    bench.grants.awaited(true);
    bench.policies.change(AccessBench.requiring(ADMIN));
    bench.grants.lock(caller);

    assertThat(refused(judge(live, null)).reason()).isEqualTo(RefusalReason.CALLER_LOCKED);
  }

  @Test
  void judge_sameChoicesOfAnotherPolicy_keepTheRight() {
    bench.grants.grant(caller, "orders-admin", HOUR);
    Admission live = live();
    bench.policies.change(AccessBench.requiring(GrantRequirement.of("orders-admin")));

    assertThat(judge(live, null)).isSameAs(live);
  }

  @Test
  void judge_lapseOfTheCredential_comesBeforeTheGrant() {
    bench.grants.grant(caller, "orders-admin", HOUR.multipliedBy(5));
    Admission live = live();
    bench.time.advance(HOUR.multipliedBy(9).plus(StreamLifetime.DEFAULT_GRACE));

    assertThat(refused(judge(live)).reason()).isEqualTo(RefusalReason.CREDENTIAL_EXPIRED);
  }

  @Test
  void judge_withoutNews_endsItAsAnOutage() {
    bench.grants.grant(caller, "orders-admin", HOUR);
    Admission live = live();
    bench.grants.stale(true);

    assertThat(refused(judge(live)).reason()).isEqualTo(RefusalReason.GRANTS_STALE);
  }

  @Test
  void judge_newsThatComeWhileItIsJudged_leaveTheCall() {
    bench.grants.grant(caller, "orders-admin", HOUR);
    Admission live = live();
    bench.grants.stale(true);
    bench.grants.afterTheNextNo(() -> bench.grants.stale(false));

    assertThat(judge(live)).isSameAs(live);
  }

  @Test
  void judge_grantsThatThrow_endsItAtTheEndThatWasKnownLast() {
    bench.grants.grant(caller, "orders-admin", HOUR);
    Admission live = live();
    assertThat(requireNonNull(live.right()).heldUntil())
        .isEqualTo(bench.time.nanos() + HOUR.toNanos());
    bench.grants.fail(new IllegalStateException("the test's"));
    bench.time.advance(HOUR.minusNanos(1));
    assertThat(judge(live)).isSameAs(live);
    assertThat(judge(live, null)).as("decided anew").isSameAs(live);
    bench.time.advance(Duration.ofNanos(1));

    assertThat(refused(judge(live)).reason()).isEqualTo(RefusalReason.GRANT_EXPIRED);
  }

  @Test
  void judge_grantThatIsGivenAnew_endsItForTheReasonOfItsTime() {
    FakeGrants.Grant grant = bench.grants.grant(caller, "orders-admin", HOUR);
    Admission live = live();
    grant.revoke();
    Recheck.Finding finding = bench.access.recheck().judge(live, bench.policies.current());
    bench.grants.grant(caller, "orders-admin", HOUR);

    assertThat(finding).isInstanceOf(Refusal.Unmade.class).hasToString("Unmade[GRANT_REVOKED]");
    assertThat(((Refusal.Unmade) finding).made().reason()).isEqualTo(RefusalReason.GRANT_REVOKED);
  }

  @Test
  void judge_refusalThatCannotBeMade_saysItsReasonAlone() {
    Refusal.Unmade refusal =
        new Refusal.Unmade(
            RefusalReason.GRANT_EXPIRED,
            () -> {
              throw new StackOverflowError("the test's");
            },
            bench.access.runtime().supervisor());

    assertThat(refusal.made()).isEqualTo(Refusal.of(RefusalReason.GRANT_EXPIRED));
  }

  @Test
  void judge_policySourceThatThrows_leavesTheEndOfTheGrant() {
    bench.grants.grant(caller, "orders-admin", HOUR);
    Admission live = live();
    bench.policies.fail();
    bench.time.advance(HOUR);

    assertThat(refused(judge(live, null)).reason()).isEqualTo(RefusalReason.GRANT_EXPIRED);
  }

  @Test
  void enforced_tellsOfTheChangesThatTheWalkBeganWith() {
    List<String> told = new ArrayList<>();
    bench.grants.onEnforced((changes, ended) -> told.add(changes + " " + ended));
    Recheck first = bench.access.recheck();
    bench.grants.grant(caller, "orders-admin", HOUR);
    first.enforced(3);
    bench.access.recheck().enforced(0);

    assertThat(told).containsExactly("0 3", "1 0");
  }
}
