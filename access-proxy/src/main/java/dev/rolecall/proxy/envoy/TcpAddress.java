package dev.rolecall.proxy.envoy;

import static java.util.Objects.requireNonNull;

import io.grpc.ServerCredentials;
import java.net.InetSocketAddress;

/**
 * A port that a checker listens on.
 *
 * @param plaintext whether there is no TLS
 */
record TcpAddress(InetSocketAddress address, ServerCredentials credentials, boolean plaintext)
    implements CheckerAddress {

  static final int LAST_PORT = 65_535;

  TcpAddress {
    requireNonNull(address, "address");
    requireNonNull(credentials, "credentials");
  }

  @Override
  public String toString() {
    return "TcpAddress[" + address + "]";
  }
}
