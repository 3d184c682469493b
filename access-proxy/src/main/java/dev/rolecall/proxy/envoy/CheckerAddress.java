package dev.rolecall.proxy.envoy;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.identity.internal.Range;
import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/**
 * An address that a checker listens on. Best a Unix socket in a folder that only Envoy and the
 * checker can open: whatever reaches a checker may ask it, and learns who may call what. Immutable.
 */
public sealed interface CheckerAddress permits TcpAddress, UnixAddress {

  /**
   * A Unix socket. The file is made, with mode 0660, and removed at the end; a socket that a killed
   * process left there is removed at the start.
   *
   * @throws IllegalArgumentException if the path is too long for a socket
   */
  static CheckerAddress unixSocket(Path path) {
    return new UnixAddress(new UnixSocketFile(path));
  }

  /**
   * A port of the loopback interface, without TLS.
   *
   * @param port 0 for any that is free
   * @throws IllegalArgumentException if it is not 0 to 65535
   */
  static CheckerAddress loopback(int port) {
    Range.check("port", port, 0, TcpAddress.LAST_PORT);
    return new TcpAddress(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        InsecureServerCredentials.create(),
        true);
  }

  /**
   * A port, with TLS.
   *
   * @throws IllegalArgumentException if the address is not resolved
   */
  static CheckerAddress tls(InetSocketAddress address, ServerCredentials credentials) {
    if (credentials instanceof InsecureServerCredentials) {
      throw new IllegalArgumentException(
          "credentials: insecure (expected: TLS, or" + " plaintextForAnyoneWhoReachesThisAddress)");
    }
    return new TcpAddress(resolved(address), requireNonNull(credentials, "credentials"), false);
  }

  /**
   * A port, without TLS. A reader of the network between Envoy and the checker reads the
   * credentials of all callers, and can answer in the checker's place.
   *
   * @throws IllegalArgumentException if the address is not resolved
   */
  static CheckerAddress plaintextForAnyoneWhoReachesThisAddress(InetSocketAddress address) {
    return new TcpAddress(resolved(address), InsecureServerCredentials.create(), true);
  }

  private static InetSocketAddress resolved(InetSocketAddress address) {
    if (address.isUnresolved()) {
      throw InvalidValue.of("address", address.toString(), "an IP address, or a name that has one");
    }
    return address;
  }
}
