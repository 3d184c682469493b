package dev.rolecall.proxy.envoy;

import static dev.rolecall.proxy.envoy.CheckerScene.CHECKOUT;
import static dev.rolecall.proxy.envoy.CheckerScene.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.Outcome;
import dev.rolecall.identity.Audience;
import dev.rolecall.proxy.IdentityHeaders;
import dev.rolecall.proxy.internal.format.ReportedCertificateTest;
import dev.rolecall.testing.RolecallExtension;
import dev.rolecall.testing.TestCallers;
import dev.rolecall.testsupport.Echo;
import dev.rolecall.testsupport.TestCertificate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An answer is written once a token, not once a call. */
final class AllowedAnswersTest {

  @RegisterExtension final RolecallExtension rolecall = RolecallExtension.forAudience(ORDERS);

  private final String certificate = ReportedCertificateTest.encoded(TestCertificate.generate());
  private final AtomicReference<String> token = new AtomicReference<>("first");
  private AudienceChecks checks;

  @BeforeEach
  void start() {
    CheckerScene scene = rolecall.closing(new CheckerScene(rolecall));
    checks =
        new AudienceChecks(
            CheckedAudience.of(
                Audience.of(ORDERS),
                rolecall.closing(
                    scene.access(
                        options ->
                            options.accept(new CertifiedScheme(TestCallers.role(CHECKOUT))))),
                (caller, method) ->
                    Optional.of(new IdentityHeaders(Map.of("txn-token", String.valueOf(token))))),
            ClientAddress.peer(),
            true,
            rolecall.closing(rolecall.runtime().build()));
  }

  private CheckAnswer answer(Asked asked) {
    CheckedCall call = checks.read(asked.check());
    Outcome outcome = checks.check(call);
    return checks.answer(call, outcome);
  }

  private Asked say() {
    return Asked.about(Echo.SAY).certificate(certificate);
  }

  @Test
  void answer_withOneToken_isOneObject_onWhateverConnection() {
    CheckAnswer first = answer(say());

    assertThat(first.result()).isEqualTo(CheckAnswer.ALLOWED);
    assertThat(answer(say())).isSameAs(first);
    assertThat(answer(say().from("192.0.2.9", 1))).isSameAs(first);
    assertThat(answer(say().header("x-other", "1"))).isSameAs(first);
    assertThat(first).hasToString("CheckAnswer[allowed]");
  }

  @Test
  void answer_withAnotherToken_orAnotherWish_isAnother() {
    CheckAnswer first = answer(say());

    assertThat(answer(say().extension("keep_authorization", "true"))).isNotSameAs(first);
    assertThat(answer(say().header("x-rolecall-tenant", "blue"))).isNotSameAs(first);
    assertThat(answer(Asked.about(Echo.PING))).isNotSameAs(first);
    token.set("second");
    assertThat(answer(say())).isNotSameAs(first);
    token.set("first");
    assertThat(answer(say())).isSameAs(first);
  }

  @Test
  void texts_ofACall_haveNoSecret() {
    CheckedCall call = checks.read(say().header("authorization", "Bearer secret").check());

    assertThat(call + " " + call.headers()).doesNotContain("secret").contains("CheckedCall[other]");
  }
}
