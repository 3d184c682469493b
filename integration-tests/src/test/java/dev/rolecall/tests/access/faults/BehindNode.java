package dev.rolecall.tests.access.faults;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.service.AccessServer;
import dev.rolecall.service.store.StoreSource;
import dev.rolecall.testsupport.Termination;
import dev.rolecall.testsupport.TestCertificate;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/** A node in this process, by a clock that is wrong. */
final class BehindNode implements AutoCloseable {

  private final AccessServer node;
  private final Server server;

  BehindNode(Path rules, StoreSource store, ShiftedSts sts, TestCertificate certificate)
      throws IOException {
    this.node =
        AccessServer.builder(rules, store)
            .accept(sts.verifier(Staff.ACCESS))
            .runtime(AccessRuntime.builder().clock(sts.clock()).build())
            .start();
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), certificate.ofServer())
            .intercept(node.guard());
    node.services().forEach(builder::addService);
    this.server = builder.build().start();
  }

  int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    node.stop();
    server.shutdownNow();
    Termination.of("a node", server::awaitTermination);
    node.close();
  }
}
