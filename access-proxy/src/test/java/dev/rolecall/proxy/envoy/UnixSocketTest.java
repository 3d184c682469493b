package dev.rolecall.proxy.envoy;

import static dev.rolecall.proxy.envoy.CheckerScene.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.Audience;
import dev.rolecall.proxy.PassedIdentity;
import dev.rolecall.testing.RolecallExtension;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Judges the file of the socket; {@code EnvoyJudgeTest} has Envoy ask by one. */
final class UnixSocketTest {

  @RegisterExtension final RolecallExtension rolecall = RolecallExtension.forAudience(ORDERS);

  @TempDir Path folder;

  private CheckerScene scene;
  private Path socket;

  @BeforeEach
  void start() {
    Assumptions.assumeTrue(Epoll.isAvailable(), "no epoll on this machine");
    scene = rolecall.closing(new CheckerScene(rolecall));
    socket = folder.resolve("checker.sock");
  }

  private EnvoyChecker started() throws IOException {
    return EnvoyChecker.builder(CheckerAddress.unixSocket(socket))
        .audience(
            CheckedAudience.of(
                Audience.of(ORDERS),
                scene.access(options -> options),
                PassedIdentity.plainHeaders()))
        .threads(1)
        .start();
  }

  @Test
  void socket_isForOwnerAndGroup_andGoneAfterTheEnd() throws Exception {
    try (EnvoyChecker checker = started()) {
      assertThat(checker.isWarm()).isTrue();
      assertThat(checker.port()).isEqualTo(-1);
      assertThat(checker.address()).isEqualTo("unix:" + socket);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
          .isEqualTo("rw-rw----");
    }
    assertThat(socket).doesNotExist();
  }

  @Test
  void socket_thatAKilledProcessLeft_isReplaced() throws Exception {
    try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      left.bind(UnixDomainSocketAddress.of(socket));
    }
    assertThat(socket).exists();

    try (EnvoyChecker checker = started()) {
      assertThat(checker.isWarm()).isTrue();
    }
  }

  @Test
  void socket_onWhichAProcessListens_isLeftAlone() throws Exception {
    try (EnvoyChecker first = started()) {
      assertThatThrownBy(this::started)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another process listens on " + socket);
      assertThat(socket).exists();
      assertThat(first.isWarm()).isTrue();
    }
  }

  @Test
  void socket_ofACheckerThatCameMeanwhile_isLeftAtTheEnd() throws Exception {
    try (EventLoops loops = EventLoops.start(1)) {
      CheckerServer ending =
          CheckerServer.start(CheckerAddress.unixSocket(socket), loops, checks());
      ending.shutdown();
      assertThat(ending.awaitEnd(Duration.ofSeconds(20))).isTrue();

      try (EnvoyChecker next = started()) {
        ending.end();

        assertThat(next.isWarm()).isTrue();
        assertThat(socket).exists();
      }
    }
    assertThat(socket).doesNotExist();
  }

  private Checks checks() {
    AccessRuntime runtime = rolecall.closing(rolecall.runtime().build());
    CheckedAudience orders =
        CheckedAudience.of(
            Audience.of(ORDERS), scene.access(options -> options), PassedIdentity.none());
    return new Checks(
        new Audiences(
            List.of(orders),
            null,
            each -> new AudienceChecks(each, ClientAddress.peer(), false, runtime)),
        runtime,
        1,
        Runnable::run,
        "");
  }

  @Test
  void file_thatIsNoSocket_isLeftAlone() throws Exception {
    Files.writeString(socket, "precious");

    assertThatThrownBy(this::started)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a file of another kind");
    assertThat(socket).hasContent("precious");
  }

  @Test
  void path_thatIsTooLong_isRefused() {
    assertThatThrownBy(() -> CheckerAddress.unixSocket(Path.of("/" + "x".repeat(107))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 107 bytes");
    assertThat(CheckerAddress.unixSocket(Path.of("/" + "x".repeat(106)))).isNotNull();
  }
}
