package dev.rolecall.guard;

import static java.util.Objects.requireNonNull;

import io.grpc.Attributes;
import io.grpc.Grpc;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The other end of a connection.
 *
 * @param address its address without the port; {@code unknown} where there is none
 */
public record Peer(String address) {

  private static final String UNKNOWN = "unknown";

  /** Checks that nothing is absent. */
  public Peer {
    requireNonNull(address, "address");
  }

  /** The peer of the connection with those attributes. */
  public static Peer of(Attributes transport) {
    return at(transport.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
  }

  /** The peer at that address, which may be of any kind. */
  static Peer at(@Nullable SocketAddress address) {
    if (!(address instanceof InetSocketAddress socket)) {
      return new Peer(UNKNOWN);
    }
    @Nullable InetAddress resolved = socket.getAddress();
    return new Peer(resolved == null ? UNKNOWN : resolved.getHostAddress());
  }
}
