package dev.rolecall.verifier.grpc;

import static java.util.Objects.requireNonNull;

import io.grpc.Attributes;
import io.grpc.Grpc;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The other end of a connection.
 *
 * @param address its address without the port, for the records; {@code unknown} where there is none
 * @param network whom limits count: the address, or the /64 that an IPv6 address lies in, since
 *     whoever has one address of it has them all (RFC 4291, section 2.5.4)
 */
public record Peer(String address, String network) {

  private static final String UNKNOWN = "unknown";
  private static final int BYTES_OF_64_BITS = 8;

  /** Checks that nothing is absent. */
  public Peer {
    requireNonNull(address, "address");
    requireNonNull(network, "network");
  }

  /** The peer of the connection with those attributes. */
  public static Peer of(Attributes transport) {
    return at(transport.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
  }

  /** The peer at that address, which may be of any kind. */
  static Peer at(@Nullable SocketAddress address) {
    if (!(address instanceof InetSocketAddress socket)) {
      return new Peer(UNKNOWN, UNKNOWN);
    }
    @Nullable InetAddress resolved = socket.getAddress();
    return resolved == null
        ? new Peer(UNKNOWN, UNKNOWN)
        : new Peer(resolved.getHostAddress(), network(resolved));
  }

  private static String network(InetAddress address) {
    return address instanceof Inet6Address
        ? HexFormat.of().formatHex(address.getAddress(), 0, BYTES_OF_64_BITS) + "/64"
        : address.getHostAddress();
  }
}
