package dev.rolecall.benchmarks.pace;

import static java.util.Objects.requireNonNull;

import io.grpc.Attributes;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;

/**
 * Has a channel's connections come from an address of its own, as another machine's would: all of
 * 127.0.0.0/8 is this machine, and a server's limits count by address.
 */
public final class FromAddress extends NettyChannelBuilder.LocalSocketPicker {

  private static final int HOSTS = 250;

  private final InetSocketAddress address;

  private FromAddress(InetSocketAddress address) {
    this.address = requireNonNull(address, "address");
  }

  /**
   * The address of that number in that network; each has some 60,000.
   *
   * @param network 0 to 255; 127.0.0.1 is the first of network 0
   */
  public static FromAddress of(int network, int number) {
    byte[] bytes = {
      127, (byte) network, (byte) (number / HOSTS), (byte) (1 + number % HOSTS),
    };
    try {
      return new FromAddress(new InetSocketAddress(InetAddress.getByAddress(bytes), 0));
    } catch (UnknownHostException e) {
      throw new AssertionError("four bytes are an address", e);
    }
  }

  @Override
  public SocketAddress createSocketAddress(SocketAddress remote, Attributes attributes) {
    return address;
  }
}
