package dev.rolecall.access;

import static dev.rolecall.access.AccessBench.admitted;
import static dev.rolecall.access.AccessBench.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.access.scheme.FakeScheme;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.policy.AccessPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Callers that a trusted proxy passes on: the policy sees them, and the proxy stays beside. */
@Tag("attack")
final class ProxiedCallersTest {

  private static final String EDGE = "key:edge:0";
  private static final String OTHER = "key:other:0";
  private static final Duration TOKEN_LIFE = Duration.ofMinutes(1);
  private static final Map<String, String> TOKEN = Map.of(FakeHeaders.TRANSACTION_TOKEN, "token");

  private final FakeProxies proxies = new FakeProxies();
  private final AccessBench bench =
      AccessBench.withGrants(options -> options.trustedProxies(proxies));
  private final Caller edge =
      FakeScheme.caller("edge", bench.time.instant().plus(AccessBench.LIFE));
  private final Caller named = FakeScheme.caller("checkout", bench.time.instant().plus(TOKEN_LIFE));

  ProxiedCallersTest() {
    bench.scheme.then(FakeScheme.yes(edge));
    proxies.naming("token", named);
  }

  @AfterEach
  void leave() {
    bench.close();
  }

  private Outcome call(Map<String, String> headers) {
    return bench.check(bench.connection, EDGE, headers);
  }

  @Test
  void check_tokenOfAProxy_admitsTheCallerThatItNames() {
    Admission first = admitted(call(TOKEN));
    Admission later = admitted(call(TOKEN));

    assertThat(first.caller()).isEqualTo(named.via(edge));
    assertThat(later.caller()).isEqualTo(named.via(edge));
    assertThat(bench.records.get(0).caller()).contains(named.via(edge));
    assertThat(proxies.read).containsExactly("token");
  }

  @Test
  void check_proxyWithoutAToken_callsForItself() {
    assertThat(refused(call(Map.of())).caller()).contains(edge);
    bench.policies.change(AccessBench.allowing("edge"));
    assertThat(admitted(call(Map.of())).caller()).isEqualTo(edge);
  }

  @Test
  void check_callerThatMayLess_gainsNothingFromItsProxy() {
    bench.policies.change(AccessBench.allowing("edge"));
    admitted(call(Map.of()));

    Refusal refusal = refused(call(TOKEN));

    assertThat(refusal.reason()).isEqualTo(RefusalReason.METHOD_NOT_ALLOWED);
    assertThat(refusal.caller()).contains(named.via(edge));
  }

  @Test
  void check_tokenOfAnotherCaller_isIgnored() {
    Caller other = FakeScheme.caller("other", edge.notAfter());
    bench.scheme.fromNowOn().then(FakeScheme.yes(other));

    Refusal first = refused(bench.check(bench.connection, OTHER, TOKEN));
    bench.policies.change(AccessBench.allowing("other"));
    Admission admission = admitted(bench.check(bench.connection, OTHER, TOKEN));

    assertThat(first.caller().orElseThrow().via()).isEmpty();
    assertThat(admission.caller()).isEqualTo(other);
    assertThat(proxies.read).isEmpty();
  }

  @Test
  void check_twoTokens_isRefused() {
    assertThat(refused(call(Map.of(FakeHeaders.TRANSACTION_TOKEN, "token,token"))).reason())
        .isEqualTo(RefusalReason.CREDENTIALS_AMBIGUOUS);
    assertThat(proxies.read).isEmpty();
  }

  @Test
  void check_tokenThatIsNotGood_isRefusedAndSaysWhichHeader() {
    Refusal refusal = refused(call(Map.of(FakeHeaders.TRANSACTION_TOKEN, "forged")));

    assertThat(refusal.reason()).isEqualTo(RefusalReason.SIGNATURE_INVALID);
    assertThat(refusal.help()).containsEntry("header", "txn-token");
  }

  @Test
  void check_keysNotKnownYet_isAnOutageAndNotRemembered() {
    proxies.tokens.put(
        "token", new Verification.Unavailable(RefusalReason.ISSUER_UNAVAILABLE, Optional.empty()));
    assertThat(refused(call(TOKEN)).reason()).isEqualTo(RefusalReason.ISSUER_UNAVAILABLE);

    proxies.naming("token", named);
    admitted(call(TOKEN));
  }

  @Test
  void check_lapsedToken_isRefusedOnEveryConnection() {
    admitted(call(TOKEN));
    bench.time.advance(TOKEN_LIFE.plusSeconds(1));

    assertThat(refused(call(TOKEN)).reason()).isEqualTo(RefusalReason.CREDENTIAL_EXPIRED);
    assertThat(refused(bench.check(bench.connection(), EDGE, TOKEN)).reason())
        .isEqualTo(RefusalReason.CREDENTIAL_EXPIRED);
  }

  @Test
  void recheck_lapsedToken_endsTheLiveCallThoughTheProxysProofIsGood() {
    Admission live = admitted(call(TOKEN));
    bench.time.advance(TOKEN_LIFE.minusSeconds(1));
    assertThat(bench.access.recheck().judge(live, bench.policies.current())).isSameAs(live);
    // Roles have a grace after their proof, and so has this one, by its evidence.
    bench.time.advance(StreamLifetime.DEFAULT_GRACE.plusSeconds(2));

    assertThat(refused(bench.access.recheck().refusal(live, bench.policies.current())).reason())
        .isEqualTo(RefusalReason.CREDENTIAL_EXPIRED);
  }

  @Test
  void check_lockedProxy_isRefusedAndItsLiveCallsEnd() {
    Admission live = admitted(call(TOKEN));
    bench.grants.lock(edge);

    assertThat(refused(call(TOKEN)).reason()).isEqualTo(RefusalReason.CALLER_LOCKED);
    assertThat(refused(bench.access.recheck().refusal(live, bench.policies.current())).reason())
        .isEqualTo(RefusalReason.CALLER_LOCKED);
  }

  @Test
  void check_lockedProxyWhoseCallsAreAdmittedInstead_isNotTakenForTheCaller() {
    try (AccessBench admitting =
        AccessBench.withGrants(
            options -> options.trustedProxies(proxies).admitAndRecordInsteadOfRefusing())) {
      admitting.scheme.then(FakeScheme.yes(edge));
      admitting.grants.lock(edge);

      Outcome call = admitting.check(admitting.connection, EDGE, TOKEN);

      assertThat(admitted(call).caller()).isNull();
      assertThat(admitting.records.get(0).caller()).contains(edge);
    }
  }

  @Test
  void check_lockedCallerBehindTheProxy_isRefused() {
    admitted(call(TOKEN));
    bench.grants.lock(named.via(edge));

    assertThat(refused(call(TOKEN)).reason()).isEqualTo(RefusalReason.CALLER_LOCKED);
  }

  @Test
  void recheck_proxysCredentialWithdrawn_endsTheLiveCall() {
    Admission live = admitted(call(TOKEN));
    bench.scheme.withdraw(edge, RefusalReason.CREDENTIAL_INACTIVE);

    assertThat(refused(bench.access.recheck().refusal(live, bench.policies.current())).reason())
        .isEqualTo(RefusalReason.CREDENTIAL_INACTIVE);
  }

  @Test
  void check_publicMethod_readsNoToken() {
    Outcome outcome =
        bench.access.check(
            bench.access.method(AccessBench.OPEN, true),
            bench.connection,
            FakeScheme.header(EDGE),
            TOKEN,
            FakeHeaders.READER);

    assertThat(admitted(outcome).caller()).isNull();
    assertThat(proxies.read).isEmpty();
  }

  @Test
  void check_severalCallersOfOneProxy_areKeptApart() {
    proxies.naming("reports", FakeScheme.caller("reports", named.notAfter()));
    for (int i = 0; i < 3; i++) {
      admitted(call(TOKEN));
      assertThat(refused(call(Map.of(FakeHeaders.TRANSACTION_TOKEN, "reports"))).reason())
          .isEqualTo(RefusalReason.METHOD_NOT_ALLOWED);
    }
    assertThat(proxies.read).containsExactly("token", "reports");
  }

  @Test
  void close_closesTheReader() {
    bench.access.close();

    assertThat(proxies.closed).isTrue();
  }

  @Test
  void build_aliasThatOnlyTheProxiesVouchFor_isAccepted() {
    AccessPolicy policy =
        AccessPolicy.builder("people")
            .allow("staff", List.of(PrincipalPattern.parse("oidc:okta:*")), "/test.v1.Echo/*")
            .build();
    AccessControlBuilder without =
        AccessControl.builder(new ManualPolicies(policy)).accept(new FakeScheme("key"));

    assertThatThrownBy(without::build).hasMessageContaining("names the alias okta");
    without.trustedProxies(new FakeProxies(new IssuerAlias("okta"))).build().close();
  }
}
