package dev.rolecall.cli.serve;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.server.EchoServer;
import dev.rolecall.client.ProofUnavailableException;
import dev.rolecall.tls.AttestedServer;
import dev.rolecall.verifier.grpc.RoleGuard;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.net.InetSocketAddress;
import java.util.function.UnaryOperator;

/**
 * The front of a server's services: the credentials of its port, and the guard that goes with them.
 */
final class ServerFront implements AutoCloseable {

  private final ServerCredentials credentials;
  private final UnaryOperator<NettyServerBuilder> guarding;
  private final Runnable closing;

  private ServerFront(
      ServerCredentials credentials, UnaryOperator<NettyServerBuilder> guarding, Runnable closing) {
    this.credentials = credentials;
    this.guarding = guarding;
    this.closing = closing;
  }

  /** Callers bring a proof with each call; the guard is closed with this. */
  static ServerFront forCallProofs(ServerCredentials credentials, RoleGuard guard) {
    return new ServerFront(credentials, server -> server.intercept(guard), guard::close);
  }

  /**
   * Both ends show their roles in the handshake.
   *
   * @throws CommandFailure if there are no AWS credentials to attest with
   */
  static ServerFront attested(AttestedServer.Builder options, ServedPolicies policies) {
    AttestedServer end = started(options);
    RoleGuard guard = policies.beside(end.guard(policies.inForce())).build();
    return new ServerFront(
        end.credentials(),
        server -> end.secure(server, guard),
        () -> {
          guard.close();
          end.close();
        });
  }

  private static AttestedServer started(AttestedServer.Builder options) {
    try {
      return options.start();
    } catch (ProofUnavailableException e) {
      throw new CommandFailure("--attested: " + e.getMessage(), e);
    }
  }

  /**
   * Starts the demo service behind it.
   *
   * @throws CommandFailure if the address cannot be had or the certificate does not do
   */
  Server open(InetSocketAddress address) {
    return EchoServer.start(address, credentials, guarding);
  }

  @Override
  public void close() {
    closing.run();
  }
}
