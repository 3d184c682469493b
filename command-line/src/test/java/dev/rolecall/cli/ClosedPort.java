package dev.rolecall.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A port of this machine where nobody listens. */
public final class ClosedPort {

  private ClosedPort() {}

  public static int any() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The same, where nothing is checked. */
  public static int free() {
    try {
      return any();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
