package dev.rolecall.proxy.envoy;

import static dev.rolecall.proxy.envoy.CheckerScene.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.identity.Audience;
import dev.rolecall.proxy.PassedIdentity;
import dev.rolecall.testing.RolecallExtension;
import dev.rolecall.testsupport.CapturedLog;
import dev.rolecall.testsupport.Echo;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class EnvoyCheckerBuilderTest {

  @RegisterExtension final RolecallExtension rolecall = RolecallExtension.forAudience(ORDERS);

  @Test
  void unknownAudiences_areLoggedOnceEach() {
    CheckerScene scene = rolecall.closing(new CheckerScene(rolecall));
    try (CapturedLog log = CapturedLog.of("rolecall.proxy", Level.ALL)) {
      for (int i = 0; i < 3; i++) {
        scene.ask(Asked.about(Echo.PING).extension("audience", "billing"));
      }
      scene.ask(Asked.about(Echo.PING).extension("audience", "stock\n"));

      assertThat(log.lines())
          .hasSize(2)
          .first()
          .asString()
          .contains("name the audience billing", "one of [orders]");
      assertThat(log.lines().get(1)).contains("stock\\u{a}");
    }
  }

  @Test
  void options_thatContradict_areRefused() {
    CheckerScene scene = rolecall.closing(new CheckerScene(rolecall));
    CheckedAudience orders =
        CheckedAudience.of(
            Audience.of(ORDERS), scene.access(options -> options), PassedIdentity.plainHeaders());
    EnvoyCheckerBuilder builder =
        EnvoyChecker.builder(CheckerAddress.loopback(0)).defaultAudience(orders);

    assertThatThrownBy(() -> builder.audience(orders))
        .hasMessage("audience: orders is given twice (expected: once)");
    assertThatThrownBy(() -> builder.defaultAudience(orders))
        .hasMessage("default audience: orders and orders (expected: one)");
    assertThatThrownBy(() -> builder.threads(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.maxWaitingChecks(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> EnvoyChecker.builder(CheckerAddress.loopback(0)).start())
        .hasMessage("audience: none (expected: at least one)");
    assertThatThrownBy(() -> CheckerAddress.loopback(65_536))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(orders).hasToString("CheckedAudience[orders]");
    orders.access().close();
  }
}
