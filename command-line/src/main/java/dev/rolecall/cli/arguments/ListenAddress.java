package dev.rolecall.cli.arguments;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address of this machine to listen on, and the port where one is written with it.
 *
 * @param address the address
 * @param port the port behind it; empty for that of {@code --port}
 */
public record ListenAddress(InetAddress address, Optional<Integer> port) {

  private static final int MAX_PORT = 65_535;
  private static final Pattern WITH_PORT =
      Pattern.compile("(\\[[0-9A-Fa-f:.%a-z]+\\]|[^:\\[\\]]+):([0-9]{1,5})");

  /**
   * Reads {@code ADDRESS}, {@code ADDRESS:PORT} or {@code [IPV6]:PORT}.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  public static ListenAddress parse(String text) {
    Matcher both = WITH_PORT.matcher(text);
    if (!both.matches()) {
      return new ListenAddress(address(text, text), Optional.empty());
    }
    int port = Integer.parseInt(both.group(2));
    if (port > MAX_PORT) {
      throw new IllegalArgumentException(text + " (expected: a port from 0 to 65535)");
    }
    return new ListenAddress(address(text, both.group(1)), Optional.of(port));
  }

  private static InetAddress address(String text, String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          text + " (expected: an address of this machine, such as 127.0.0.1, ::1 or 0.0.0.0)", e);
    }
  }
}
