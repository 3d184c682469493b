package dev.rolecall.stsemulator.internal.http;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Makes the JDK's HTTP server, bound to an address and not started yet. */
public final class BoundServer {

  private static final String NO_DELAY = "sun.net.httpserver.nodelay";

  private BoundServer() {}

  /**
   * A server at that address and port; 0 is any free port.
   *
   * @throws UncheckedIOException if they cannot be had; the message names both
   */
  public static HttpServer at(InetAddress address, int port) {
    sendWithoutDelay();
    try {
      return HttpServer.create(new InetSocketAddress(address, port), 0);
    } catch (IOException taken) {
      String place = address.getHostAddress() + ":" + port;
      throw new UncheckedIOException(
          "sts emulator: cannot listen on " + place + ": " + taken.getMessage(), taken);
    }
  }

  /**
   * The JDK's server writes headers and body apart, and Nagle's algorithm holds back the second of
   * them for about 40 ms a request. The only way to turn that off is a property it reads once.
   */
  private static void sendWithoutDelay() {
    if (System.getProperty(NO_DELAY) == null) {
      System.setProperty(NO_DELAY, "true");
    }
  }

  /** The address 127.0.0.1, without asking a name service. */
  public static InetAddress loopback() {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }
}
