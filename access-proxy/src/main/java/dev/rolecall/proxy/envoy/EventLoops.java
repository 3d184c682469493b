package dev.rolecall.proxy.envoy;

import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.IoHandlerFactory;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** The event loops of one checker: epoll's where there is epoll. They do all its work. */
final class EventLoops implements AutoCloseable {

  private static final int QUIET_SECONDS = 0;
  private static final int LONGEST_SECONDS = 5;

  private final EventLoopGroup group;
  private final boolean epoll;

  private EventLoops(EventLoopGroup group, boolean epoll) {
    this.group = group;
    this.epoll = epoll;
  }

  static EventLoops start(int threads) {
    DefaultThreadFactory daemons = new DefaultThreadFactory("rolecall-checker", true);
    return Epoll.isAvailable()
        ? of(threads, daemons, EpollIoHandler.newFactory(), true)
        : of(threads, daemons, NioIoHandler.newFactory(), false);
  }

  private static EventLoops of(
      int threads, DefaultThreadFactory daemons, IoHandlerFactory handlers, boolean epoll) {
    return new EventLoops(new MultiThreadIoEventLoopGroup(threads, daemons, handlers), epoll);
  }

  EventLoopGroup group() {
    return group;
  }

  /** Runs tasks on any of the loops. */
  Executor executor() {
    return task -> group.next().execute(task);
  }

  Class<? extends ServerChannel> serverChannel(boolean unix) {
    if (unix) {
      requireEpoll();
      return EpollServerDomainSocketChannel.class;
    }
    return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  Class<? extends Channel> clientChannel(boolean unix) {
    if (unix) {
      requireEpoll();
      return EpollDomainSocketChannel.class;
    }
    return epoll ? EpollSocketChannel.class : NioSocketChannel.class;
  }

  private void requireEpoll() {
    if (!epoll) {
      throw new IllegalStateException(
          "a Unix socket needs epoll, which this machine does not have (expected: Linux on x86-64"
              + " or aarch64; or listen on a port)");
    }
  }

  /** Ends the threads. Does not wait. */
  @Override
  public void close() {
    var unused = group.shutdownGracefully(QUIET_SECONDS, LONGEST_SECONDS, TimeUnit.SECONDS);
  }
}
