package dev.rolecall.proxy.relay;

import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.IoHandlerFactory;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;

/**
 * The kind of sockets of a relay.
 *
 * @param listening the listening ones
 * @param connected those of connections to upstreams
 * @param events makes what waits for them
 * @param sharePort whether several may listen on one port, so that the kernel spreads connections
 */
record Sockets(
    Class<? extends ServerChannel> listening,
    Class<? extends Channel> connected,
    IoHandlerFactory events,
    boolean sharePort) {

  /** The best that there are here: epoll's on Linux. */
  static Sockets best() {
    return Epoll.isAvailable()
        ? new Sockets(
            EpollServerSocketChannel.class,
            EpollSocketChannel.class,
            EpollIoHandler.newFactory(),
            true)
        : nio();
  }

  /** The JDK's: they are everywhere. */
  static Sockets nio() {
    return new Sockets(
        NioServerSocketChannel.class, NioSocketChannel.class, NioIoHandler.newFactory(), false);
  }

  /** Event loops for such sockets, on daemon threads. */
  EventLoopGroup loops(int threads) {
    return new MultiThreadIoEventLoopGroup(
        threads, new DefaultThreadFactory("rolecall-relay", true), events);
  }
}
