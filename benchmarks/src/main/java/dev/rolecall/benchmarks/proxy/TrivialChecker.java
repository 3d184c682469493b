package dev.rolecall.benchmarks.proxy;

import dev.rolecall.proxy.envoy.v3.AuthorizationGrpc;
import dev.rolecall.proxy.envoy.v3.CheckRequest;
import dev.rolecall.proxy.envoy.v3.CheckResponse;
import dev.rolecall.proxy.envoy.v3.OkHttpResponse;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * The least that a server of external authorization can do in Java: generated stubs, one event loop
 * that does all the work, as the checker has, and an empty OK.
 */
final class TrivialChecker implements AutoCloseable {

  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("trivial", true), EpollIoHandler.newFactory());

  private final Server server;

  private TrivialChecker() throws IOException {
    this.server =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                InsecureServerCredentials.create())
            .channelType(EpollServerSocketChannel.class)
            .bossEventLoopGroup(loop)
            .workerEventLoopGroup(loop)
            .directExecutor()
            .addService(new AllowsAll())
            .build()
            .start();
  }

  /** Starts one on a free port. Needs epoll. */
  static TrivialChecker start() throws IOException {
    return new TrivialChecker();
  }

  int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
    var unused = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private static final class AllowsAll extends AuthorizationGrpc.AuthorizationImplBase {

    @Override
    public void check(CheckRequest request, StreamObserver<CheckResponse> answers) {
      answers.onNext(
          CheckResponse.newBuilder().setOkResponse(OkHttpResponse.getDefaultInstance()).build());
      answers.onCompleted();
    }
  }
}
