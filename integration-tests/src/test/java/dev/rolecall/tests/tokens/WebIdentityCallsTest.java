package dev.rolecall.tests.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.audit.AuditRecord;
import dev.rolecall.client.WebIdentityCallCredentials;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.EmulatedPrincipal;
import dev.rolecall.stsemulator.SessionContext;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.GuardedServer;
import dev.rolecall.tests.fixture.PumpStream;
import dev.rolecall.tokens.TokenIssuer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** IAM roles that bring web identity tokens of the emulator: the same policy line as a proof's. */
final class WebIdentityCallsTest {

  private static final String ACCOUNT = "111122223333";

  @RegisterExtension final Bench bench = new Bench();

  private GuardedServer server(String account, URI issuer) {
    TokenIssuer settings =
        TokenIssuer.ofWebIdentity(account, issuer.toString())
            .algorithms(List.of(Algorithm.RS256))
            .allowPlainHttpOnLoopback();
    return bench
        .server()
        .guarding(guard -> guard.accept(settings.forAudience(Bench.AUDIENCE)))
        .start();
  }

  private WebIdentityCallCredentials token(EmulatedCredentials credentials, String audience) {
    return bench.closing(
        WebIdentityCallCredentials.builder(audience)
            .credentialsProvider(Bench.provider(credentials))
            .endpoint(bench.sts().endpoint(), Bench.REGION)
            .clock(bench.clock())
            .build());
  }

  private EmulatedCredentials checkout() {
    return bench.principal(
        EmulatedPrincipal.builder("arn:aws:iam::111122223333:role/team/checkout")
            .context(SessionContext.none().withPrincipalTag("team", "payments"))
            .build());
  }

  @Test
  void call_withAWebIdentityToken_isOfTheRole_andAsksStsOnce() {
    GuardedServer server = server(ACCOUNT, bench.sts().outboundFederation().enable(ACCOUNT));
    var client = bench.client(server).with(token(checkout(), Bench.AUDIENCE));

    assertThat(client.say("hello")).startsWith(Bench.CHECKOUT + ",");
    assertThat(client.say("again")).startsWith(Bench.CHECKOUT + ",");
    assertThat(server.audits())
        .hasSize(2)
        .extracting(AuditRecord::caller)
        .allSatisfy(
            caller -> {
              assertThat(caller.orElseThrow().attributes().tags())
                  .isEqualTo(Map.of("team", "payments"));
              assertThat(caller.orElseThrow().role().orElseThrow().id()).isEmpty();
              assertThat(caller.orElseThrow().evidence().scheme()).isEqualTo("aws-web-identity");
            });
  }

  @Test
  void call_withAProof_isServedBesideIt() {
    GuardedServer server = server(ACCOUNT, bench.sts().outboundFederation().enable(ACCOUNT));

    assertThat(bench.client(server).with(bench.signing(bench.role(Bench.CHECKOUT))).say("hello"))
        .contains("role/checkout");
  }

  @Test
  void call_withATokenForAnotherServer_isRefused() {
    GuardedServer server = server(ACCOUNT, bench.sts().outboundFederation().enable(ACCOUNT));

    assertThat(bench.client(server).with(token(checkout(), "billing")).sayRefused().reason())
        .isEqualTo(RefusalReason.AUDIENCE_MISMATCH.name());
  }

  @Test
  void call_ofAnAccountWhoseIssuerIsListedForAnother_isRefused() {
    URI issuer = bench.sts().outboundFederation().enable(ACCOUNT);
    GuardedServer server = server("444455556666", issuer);

    assertThat(bench.client(server).with(token(checkout(), Bench.AUDIENCE)).sayRefused().reason())
        .isEqualTo(RefusalReason.ACCOUNT_NOT_TRUSTED.name());
  }

  @Test
  void call_ofAnAccountThatIsNotListed_isRefused() {
    URI other = bench.sts().outboundFederation().enable("444455556666");
    var unused = bench.sts().outboundFederation().enable(ACCOUNT);
    GuardedServer server = server("444455556666", other);

    assertThat(bench.client(server).with(token(checkout(), Bench.AUDIENCE)).sayRefused().reason())
        .isEqualTo(RefusalReason.ISSUER_NOT_ALLOWED.name());
  }

  @Test
  void stream_isEndedWithItsToken() {
    GuardedServer server = server(ACCOUNT, bench.sts().outboundFederation().enable(ACCOUNT));
    PumpStream stream = bench.client(server).with(token(checkout(), Bench.AUDIENCE)).pump();
    stream.heard().join();

    bench.clock().advance(Duration.ofHours(1));

    assertThat(stream.end().join().reason()).isEqualTo(RefusalReason.CREDENTIAL_EXPIRED.name());
  }
}
