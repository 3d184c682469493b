package dev.rolecall.benchmarks.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class FeedRelayTest {

  @Test
  void cut_endsTheConnectionsOfNow_andNewOnesArePassedOn() throws IOException {
    try (ServerSocket target = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        FeedRelay relay = FeedRelay.to(target.getLocalPort())) {
      try (Socket before = connect(relay);
          Socket server = target.accept()) {
        requirePassedOn(before, server);

        assertThat(relay.cut()).isEqualTo(1);

        assertThat(ends(before)).isTrue();
        assertThat(ends(server)).isTrue();
      }
      try (Socket after = connect(relay);
          Socket server = target.accept()) {
        requirePassedOn(after, server);
      }
    }
  }

  @Test
  void connection_whereNothingListens_ends() throws IOException {
    int port;
    try (ServerSocket target = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      port = target.getLocalPort();
    }
    try (FeedRelay relay = FeedRelay.to(port);
        Socket client = connect(relay)) {
      assertThat(ends(client)).isTrue();
    }
  }

  private static Socket connect(FeedRelay relay) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), relay.port());
  }

  private static void requirePassedOn(Socket one, Socket other) throws IOException {
    one.getOutputStream().write(7);
    assertThat(other.getInputStream().read()).isEqualTo(7);
    other.getOutputStream().write(8);
    assertThat(one.getInputStream().read()).isEqualTo(8);
  }

  private static boolean ends(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (IOException e) {
      return true;
    }
  }
}
