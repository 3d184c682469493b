package dev.rolecall.access;

import static dev.rolecall.access.AccessBench.SAY;
import static dev.rolecall.access.AccessBench.admitted;
import static dev.rolecall.access.AccessBench.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rolecall.access.scheme.FakeScheme;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.grant.GrantRequirement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Invariant I19: no decision that rests on a grant is kept in the policy's memo or a connection's
 * memory. Each call asks its grants anew, on a warm connection too.
 */
@Tag("attack")
final class GrantsAskedAtEachCallTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final String CREDENTIAL = "key:id:0";

  private final AccessBench bench = AccessBench.withGrants();
  private final Caller caller = bench.checkout();

  @BeforeEach
  void knowTheCaller() {
    bench.policies.change(AccessBench.requiring(GrantRequirement.of("orders-admin")));
    bench.scheme.then(FakeScheme.yes(FakeScheme.caller("checkout", far())));
  }

  private Instant far() {
    return bench.time.instant().plus(Duration.ofDays(1));
  }

  @AfterEach
  void leave() {
    bench.close();
  }

  private RefusalReason reason() {
    return refused(bench.check(CREDENTIAL)).reason();
  }

  @Test
  void check_revokedBetweenTwoCallsOnOneWarmConnection_refusesTheSecond() {
    FakeGrants.Grant grant = bench.grants.grant(caller, "orders-admin", HOUR);
    admitted(bench.check(CREDENTIAL));
    admitted(bench.check(CREDENTIAL));
    grant.revoke();

    assertThat(reason()).isEqualTo(RefusalReason.GRANT_REVOKED);
    assertThat(
            refused(bench.check(SAY, bench.connection(), FakeScheme.header(CREDENTIAL))).reason())
        .as("another connection, by the policy's memo")
        .isEqualTo(RefusalReason.GRANT_REVOKED);
  }

  @Test
  void check_grantedBetweenTwoCallsOnOneWarmConnection_admitsTheSecond() {
    assertThat(reason()).isEqualTo(RefusalReason.GRANT_REQUIRED);
    assertThat(reason()).isEqualTo(RefusalReason.GRANT_REQUIRED);
    bench.grants.grant(caller, "orders-admin", HOUR);

    admitted(bench.check(CREDENTIAL));
  }

  @Test
  void check_grantThatEndsBetweenTwoCalls_refusesAtItsVeryEnd() {
    bench.grants.grant(caller, "orders-admin", HOUR);
    admitted(bench.check(CREDENTIAL));
    bench.time.advance(HOUR.minusNanos(1));
    admitted(bench.check(CREDENTIAL));
    bench.time.advance(Duration.ofNanos(1));

    assertThat(reason()).isEqualTo(RefusalReason.GRANT_EXPIRED);
  }

  @Test
  void check_wallClockThatIsSetBack_revivesNothing() {
    bench.grants.grant(caller, "orders-admin", HOUR);
    admitted(bench.check(CREDENTIAL));
    bench.time.advance(HOUR);
    bench.time.setClock(bench.time.instant().minus(HOUR));

    assertThat(reason()).isEqualTo(RefusalReason.GRANT_EXPIRED);
  }

  @Test
  void check_grantOfAnotherCallerOrPermission_isOfNoUse() {
    bench.grants.grant(FakeScheme.caller("other", far()), "orders-admin", HOUR);
    bench.grants.grant(caller, "orders-reader", HOUR);

    assertThat(reason()).isEqualTo(RefusalReason.GRANT_REQUIRED);
  }

  @Test
  void check_hit_isAdmittedOnTheVerySameTerms() {
    bench.grants.grant(caller, "orders-admin", HOUR);
    Admission first = admitted(bench.check(CREDENTIAL));

    assertThat(admitted(bench.check(CREDENTIAL))).isSameAs(first);
    assertThat(first.right()).isNotNull();
  }

  @Test
  void check_defectInTheGrants_isNoRefusal() {
    bench.grants.grant(caller, "orders-admin", HOUR);
    admitted(bench.check(CREDENTIAL));
    bench.grants.fail(new IllegalStateException("the test's"));

    assertThat(catchThrowable(() -> bench.check(CREDENTIAL)))
        .as("the door closes the call as a defect")
        .hasMessage("the test's");
  }
}
