package dev.rolecall.cli.checker;

import dev.rolecall.cli.arguments.ListenAddress;
import dev.rolecall.cli.arguments.ServerAddress;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.front.TlsOptions;
import dev.rolecall.cli.options.ListenPort;
import dev.rolecall.cli.proxy.HttpOptions;
import dev.rolecall.cli.proxy.IdentityOptions;
import dev.rolecall.identity.Audience;
import dev.rolecall.proxy.envoy.CheckerAddress;
import dev.rolecall.proxy.envoy.ClientAddress;
import dev.rolecall.proxy.envoy.EnvoyChecker;
import dev.rolecall.proxy.envoy.EnvoyCheckerBuilder;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a checker that hold for all of its audiences. */
final class CheckerFrontOptions {

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

  @Mixin HttpOptions http;

  @Mixin IdentityOptions identity;

  @Option(
      names = "--forwarded-for-hops",
      paramLabel = "NUMBER",
      description =
          "Take for a call's address the one at this place of x-forwarded-for, counted from the"
              + " right. Default: the peer of Envoy.")
  @Nullable Integer hops;

  @Option(
      names = "--trust-client-certificates-that-envoy-reports",
      description =
          "Take the certificate of a client from Envoy's word, for --client-ca. Nothing but Envoy may"
              + " reach the checker then.")
  boolean reported;

  @Option(
      names = "--threads",
      paramLabel = "NUMBER",
      description = "How many threads do the work. Default: one for each processor.")
  @Nullable Integer threads;

  @Option(
      names = "--drain",
      defaultValue = "PT5S",
      paramLabel = "DURATION",
      description =
          "How long after SIGTERM Checks are still answered, while health says NOT_SERVING: longer"
              + " than Envoy's interval of health checks. Default: ${DEFAULT-VALUE}.")
  Duration drain;

  @Option(
      names = "--default-audience",
      paramLabel = "NAME",
      description = "The audience of routes that name none. Default: the only one.")
  @Nullable Audience defaultAudience;

  /**
   * The options of the checker, without its audiences.
   *
   * @throws CommandFailure if options contradict one another, or a value or a file does not do
   */
  EnvoyCheckerBuilder checker() {
    try {
      EnvoyCheckerBuilder checker = EnvoyChecker.builder(address());
      if (hops != null) {
        checker.clientAddress(ClientAddress.forwardedFor(hops));
      }
      if (reported) {
        checker.trustClientCertificatesThatEnvoyReports();
      }
      return threads == null ? checker : checker.threads(threads);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }

  private CheckerAddress address() {
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
