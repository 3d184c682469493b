package dev.rolecall.cli.arguments;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * The address of a server.
 *
 * @param host its name or IP address, that of IPv6 in brackets
 * @param port 1 to 65535
 */
public record ServerAddress(String host, int port) {

  private static final String RULE = "HOST:PORT, the port from 1 to 65535";

  /** Checks the port. */
  public ServerAddress {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException(host + ":" + port + " (expected: " + RULE + ")");
    }
  }

  /**
   * Reads {@code HOST:PORT}.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static ServerAddress parse(String text) {
    try {
      URI parsed = new URI(null, text, null, null, null).parseServerAuthority();
      String host = parsed.getHost();
      if (host != null && text.equals(host + ":" + parsed.getPort())) {
        return new ServerAddress(host, parsed.getPort());
      }
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(text + " (expected: " + RULE + ")", e);
    }
    throw new IllegalArgumentException(text + " (expected: " + RULE + ")");
  }

  /** How an address of this machine is printed: as {@link #parse} reads it. */
  public static String text(InetAddress address, int port) {
    // Without the zone, which no URI has; IPv6 in brackets, or its last colon is taken for a
    // port's.
    String host = address.getHostAddress().replaceFirst("%.*", "");
    return (address instanceof Inet6Address ? "[" + shortened(host) + "]" : host) + ":" + port;
  }

  /** The loopback and the address for all interfaces as people write them. */
  private static String shortened(String host) {
    return switch (host) {
      case "0:0:0:0:0:0:0:1" -> "::1";
      case "0:0:0:0:0:0:0:0" -> "::";
      default -> host;
    };
  }

  /** Whether the name alone says that it is this machine: what a name resolves to may change. */
  public boolean isOfThisMachine() {
    return host.matches("localhost|127\\.[0-9.]+|\\[::1]");
  }

  /** Looks the name up. */
  public InetSocketAddress resolved() {
    return new InetSocketAddress(host, port);
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
