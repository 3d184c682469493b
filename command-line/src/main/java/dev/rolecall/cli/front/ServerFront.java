package dev.rolecall.cli.front;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.server.BoundServer;
import dev.rolecall.client.ProofUnavailableException;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.tls.AttestedServerBuilder;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import java.util.function.Function;

/** The front of a server's services: the transport of its port, with its guard before them. */
public final class ServerFront {

  private final Function<InetSocketAddress, ServerBuilder<?>> transport;

  private ServerFront(Function<InetSocketAddress, ServerBuilder<?>> transport) {
    this.transport = transport;
  }

  /** Callers bring a proof with each call. */
  public static ServerFront forCallProofs(ServerCredentials credentials, CallGuard guard) {
    return new ServerFront(
        address -> NettyServerBuilder.forAddress(address, credentials).intercept(guard));
  }

  /** Both ends prove their roles in the handshake. */
  static ServerFront attested(AttestedServerBuilder end, CallGuard guard) {
    return new ServerFront(
        address -> {
          try {
            return end.newServerBuilder(
                credentials -> NettyServerBuilder.forAddress(address, credentials), guard);
          } catch (ProofUnavailableException e) {
            throw new CommandFailure("--attested: " + e.getMessage(), e);
          }
        });
  }

  /**
   * Starts a server behind it.
   *
   * @param services given the builder of the server, to add its services
   * @throws CommandFailure if the address cannot be had, the certificate does not do, or there are
   *     no AWS credentials to attest with
   */
  public Server open(InetSocketAddress address, Consumer<ServerBuilder<?>> services) {
    return BoundServer.start(
        address,
        () -> {
          ServerBuilder<?> server = transport.apply(address);
          services.accept(server);
          return server;
        });
  }
}
