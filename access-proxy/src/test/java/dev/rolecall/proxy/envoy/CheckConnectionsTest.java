package dev.rolecall.proxy.envoy;

import static dev.rolecall.proxy.envoy.CheckerScene.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.AccessControl;
import dev.rolecall.testing.RolecallExtension;
import dev.rolecall.testsupport.Echo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class CheckConnectionsTest {

  private static final int KIB = 1_024;

  @RegisterExtension final RolecallExtension rolecall = RolecallExtension.forAudience(ORDERS);

  private CheckConnections connections(long mostBytes) {
    CheckerScene scene = rolecall.closing(new CheckerScene(rolecall));
    AccessControl access = rolecall.closing(scene.access(options -> options));
    return new CheckConnections(access, false, System::nanoTime, mostBytes);
  }

  private static CheckConnection ask(CheckConnections connections, int port, String credential) {
    return connections.of(
        "192.0.2.7",
        Asked.about(Echo.SAY).header("authorization", credential).from("192.0.2.7", port).check());
  }

  @Tag("attack")
  @Test
  void connections_withLongCredentials_takeNoMoreThanTheirBytes() {
    CheckConnections connections = connections(100 * KIB);

    for (int port = 1; port <= 1_000; port++) {
      var unused = ask(connections, port, "x".repeat(9 * KIB));
    }

    assertThat(connections.count()).isBetween(1L, 10L);
  }

  @Test
  void connections_ofTwoPortsOrCredentials_areApart() {
    CheckConnections connections = connections(CheckConnections.MOST_BYTES);

    CheckConnection one = ask(connections, 1, "one");

    assertThat(ask(connections, 1, "one")).isSameAs(one);
    assertThat(ask(connections, 2, "one")).isNotSameAs(one);
    assertThat(ask(connections, 1, "two")).isNotSameAs(one);
  }
}
