package dev.rolecall.access;

import static dev.rolecall.access.AccessBench.admitted;
import static dev.rolecall.access.AccessBench.pending;
import static dev.rolecall.access.AccessBench.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.scheme.FakeScheme;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.grant.GrantRequirement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Grant tokens of calls: read after the caller is verified, and only where they are needed. */
@Tag("attack")
final class GrantTokensTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final String CREDENTIAL = "key:id:0";

  private final AccessBench bench = AccessBench.withGrants();
  private final Caller caller = FakeScheme.caller("checkout", bench.time.instant().plus(HOUR));

  @BeforeEach
  void knowTheCaller() {
    bench.policies.change(AccessBench.requiring(GrantRequirement.of("orders-admin")));
    bench.scheme.then(FakeScheme.yes(caller));
  }

  @AfterEach
  void leave() {
    bench.close();
  }

  private Outcome check(String token) {
    return bench.check(bench.connection, CREDENTIAL, Map.of(FakeHeaders.GRANT, token));
  }

  @Test
  void check_tokenOfTheCaller_admitsAndIsReadOnceAConnection() {
    bench.grants.token("token", caller, "orders-admin", HOUR);
    Admission first = admitted(check("token"));

    assertThat(admitted(check("token"))).isSameAs(first);
    assertThat(bench.grants.shown).containsExactly("token");
    assertThat(first.right()).isNotNull().matches(right -> !right.isExtendable());
  }

  @Test
  void check_tokenOfAnotherCaller_opensNothing() {
    bench.grants.token(
        "token", FakeScheme.caller("other", caller.notAfter()), "orders-admin", HOUR);

    assertThat(refused(check("token")).reason()).isEqualTo(RefusalReason.GRANT_REQUIRED);
  }

  @Test
  void check_tokenOfAnotherPermission_opensNothing() {
    bench.grants.token("token", caller, "orders-reader", HOUR);

    assertThat(refused(check("token")).reason()).isEqualTo(RefusalReason.GRANT_REQUIRED);
  }

  @Test
  void check_callerNotVerifiedYet_readsNoToken() {
    bench.scheme.fromNowOn();
    bench.grants.token("token", caller, "orders-admin", HOUR);
    Pending call = pending(check("token"));
    assertThat(bench.grants.shown).isEmpty();

    bench.scheme.answer(0, FakeScheme.no());
    assertThat(refused(call.outcome()).reason()).isEqualTo(RefusalReason.ISSUER_REFUSED);
    assertThat(bench.grants.shown).isEmpty();
  }

  @Test
  void check_grantThatIsFollowed_leavesTheTokenUnread() {
    bench.grants.grant(caller, "orders-admin", HOUR);

    assertThat(admitted(check("token")).right()).isNotNull().matches(right -> right.isExtendable());
    assertThat(bench.grants.shown).isEmpty();
  }

  @Test
  void check_tokenThatHasEnded_isRefusedOnAWarmConnection() {
    FakeGrants.Grant token = bench.grants.token("token", caller, "orders-admin", HOUR);
    admitted(check("token"));
    token.revoke();

    assertThat(refused(check("token")).reason()).isEqualTo(RefusalReason.GRANT_REVOKED);
  }

  @Test
  void check_callWithoutTheToken_isRefusedAfterOneWithIt() {
    bench.grants.token("token", caller, "orders-admin", HOUR);
    admitted(check("token"));

    assertThat(refused(bench.check(CREDENTIAL)).reason()).isEqualTo(RefusalReason.GRANT_REQUIRED);
    assertThat(refused(check("another")).reason()).isEqualTo(RefusalReason.GRANT_REQUIRED);
  }

  @Test
  void check_anotherCallersConnection_doesNotShareTheAnswer() {
    bench.grants.token("token", caller, "orders-admin", HOUR);
    admitted(check("token"));
    bench.scheme.fromNowOn().then(FakeScheme.yes(FakeScheme.caller("other", caller.notAfter())));

    assertThat(
            refused(
                    bench.check(
                        bench.connection, "key:other:0", Map.of(FakeHeaders.GRANT, "token")))
                .reason())
        .as("another credential on the same connection")
        .isEqualTo(RefusalReason.METHOD_NOT_ALLOWED);
  }

  @Test
  void check_manyBadTokens_forgetNoGoodOne() {
    bench.grants.token("token", caller, "orders-admin", HOUR);
    Admission first = admitted(check("token"));
    for (int i = 0; i < 100; i++) {
      refused(check("bad " + i));
    }

    assertThat(admitted(check("token"))).isSameAs(first);
  }

  @Test
  void right_ofAToken_printsNoToken() {
    bench.grants.token("secret-text", caller, "orders-admin", HOUR);
    Admission admission = admitted(check("secret-text"));

    assertThat(admission.toString()).doesNotContain("secret-text").contains("orders-admin");
    assertThat(bench.records.toString()).doesNotContain("secret-text");
  }

  @Test
  void recheck_tokenBesideAGrantThatIsGivenLater_livesToTheLaterEnd() {
    bench.grants.token("token", caller, "orders-admin", HOUR.dividedBy(2));
    Admission live = admitted(check("token"));
    bench.grants.grant(caller, "orders-admin", Duration.ofMinutes(50));
    bench.time.advance(HOUR.dividedBy(2));
    assertThat(bench.access.recheck().refusal(live, bench.policies.current())).isNull();

    bench.time.advance(Duration.ofMinutes(20));
    assertThat(refused(bench.access.recheck().refusal(live, null)).reason())
        .isEqualTo(RefusalReason.GRANT_EXPIRED);
  }

  @Test
  void recheck_policyThatRequiresAnotherPermission_asksTheSameTokenForIt() {
    bench.grants.token("token", caller, "orders-admin", HOUR);
    Admission live = admitted(check("token"));
    bench.policies.change(AccessBench.requiring(GrantRequirement.of("orders-admin")));
    assertThat(bench.access.recheck().refusal(live, null)).isNull();

    bench.policies.change(AccessBench.requiring(GrantRequirement.of("on-duty")));
    assertThat(refused(bench.access.recheck().refusal(live, null)).reason())
        .isEqualTo(RefusalReason.GRANT_REQUIRED);
  }
}
