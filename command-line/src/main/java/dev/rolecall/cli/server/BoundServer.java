package dev.rolecall.cli.server;

import dev.rolecall.cli.arguments.ServerAddress;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.failure.IoWords;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/** A gRPC server at an address of this machine. */
public final class BoundServer {

  private BoundServer() {}

  /**
   * Starts it.
   *
   * @param builder makes the builder of the server, with its guard and services
   * @throws CommandFailure if the address cannot be had or the certificate does not do
   */
  public static Server start(
      InetSocketAddress address, Supplier<? extends ServerBuilder<?>> builder) {
    try {
      return builder.get().build().start();
    } catch (IOException e) {
      throw cannotListen(address, e);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("the certificate or key cannot be used: " + e.getMessage(), e);
    }
  }

  /** The failure of a server that cannot listen on that address. */
  public static CommandFailure cannotListen(InetSocketAddress address, IOException e) {
    return new CommandFailure(
        "cannot listen on "
            + ServerAddress.text(address.getAddress(), address.getPort())
            + ": "
            // Netty's own names the address again, and its cause what is wrong.
            + (e.getCause() instanceof IOException why ? IoWords.why(why) : IoWords.why(e)),
        e);
  }
}
