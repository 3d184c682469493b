package dev.rolecall.tls;

import io.grpc.ChannelCredentials;
import io.grpc.ManagedChannelBuilder;
import io.grpc.ServerBuilder;
import io.grpc.ServerCredentials;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** The two providers of TLS that users of grpc-java have. */
enum TlsProvider {
  /** Netty's BoringSSL, which comes with the shaded transport. */
  BORING_SSL {
    @Override
    ServerBuilder<?> server(SocketAddress address, ServerCredentials credentials) {
      return io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder.forAddress(address, credentials);
    }

    @Override
    ManagedChannelBuilder<?> channel(SocketAddress address, ChannelCredentials credentials) {
      return io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder.forAddress(
          address, credentials);
    }
  },
  /** The JDK's own, which the plain transport falls back to where BoringSSL is not there. */
  JDK {
    @Override
    ServerBuilder<?> server(SocketAddress address, ServerCredentials credentials) {
      return io.grpc.netty.NettyServerBuilder.forAddress(address, credentials);
    }

    @Override
    ManagedChannelBuilder<?> channel(SocketAddress address, ChannelCredentials credentials) {
      return io.grpc.netty.NettyChannelBuilder.forAddress(address, credentials);
    }
  };

  abstract ServerBuilder<?> server(SocketAddress address, ServerCredentials credentials);

  abstract ManagedChannelBuilder<?> channel(SocketAddress address, ChannelCredentials credentials);

  /** A server on a free port of the loopback. */
  ServerBuilder<?> server(ServerCredentials credentials) {
    return server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), credentials);
  }

  /** A channel to that port of the loopback. */
  ManagedChannelBuilder<?> channel(int port, ChannelCredentials credentials) {
    return channel(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), credentials);
  }
}
