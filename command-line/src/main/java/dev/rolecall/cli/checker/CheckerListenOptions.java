package dev.rolecall.cli.checker;

import dev.rolecall.cli.arguments.ListenAddress;
import dev.rolecall.cli.arguments.ServerAddress;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.front.TlsOptions;
import dev.rolecall.cli.options.ListenPort;
import dev.rolecall.proxy.envoy.CheckerAddress;
import dev.rolecall.proxy.envoy.EnvoyChecker;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options of the address that a checker listens on: a port, or a Unix socket. */
final class CheckerListenOptions {

  private static final int USUAL_PORT = 9191;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The port; 0 for any free one. Default: 9191.")
  @Nullable Integer port;

  @Option(
      names = "--listen",
      defaultValue = "127.0.0.1",
      paramLabel = "ADDRESS",
      description = "The address to listen on, with or without :PORT. Default: ${DEFAULT-VALUE}.")
  ListenAddress listenOn;

  @Option(
      names = "--unix",
      paramLabel = "PATH",
      description =
          "Listen on this Unix socket, in a folder that Envoy and the checker alone can open. In"
              + " place of a port.")
  @Nullable Path socket;

  @ArgGroup(exclusive = true)
  @Nullable TlsOptions tls;

  /** Has no certificate be written: for a check. */
  void onlyCheck() {
    if (tls != null) {
      tls.onlyCheck();
    }
  }

  /**
   * The address.
   *
   * @throws CommandFailure if options contradict one another, or a value or a file does not do
   */
  CheckerAddress address() {
    if (socket != null) {
      if (tls != null || port != null) {
        throw new CommandFailure("--unix: without --port, TLS or --plaintext");
      }
      return CheckerAddress.unixSocket(socket);
    }
    TlsOptions security = tls == null ? new TlsOptions() : tls;
    security.requireSafe(listenOn.address());
    InetSocketAddress address = ListenPort.of(listenOn, Optional.ofNullable(port), USUAL_PORT);
    return security.isPlaintext()
        ? CheckerAddress.plaintextForAnyoneWhoReachesThisAddress(address)
        : CheckerAddress.tls(address, security.credentials(Optional.empty()));
  }

  /** The address in words, once the checker listens. */
  String listening(EnvoyChecker checker) {
    return socket == null
        ? ServerAddress.text(listenOn.address(), checker.port())
        : checker.address();
  }
}
