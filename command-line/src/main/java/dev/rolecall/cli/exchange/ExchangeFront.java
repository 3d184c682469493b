package dev.rolecall.cli.exchange;

import dev.rolecall.cli.arguments.ListenAddress;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.input.KeyPairFiles;
import dev.rolecall.cli.options.ListenPort;
import dev.rolecall.exchange.ExchangeServerBuilder;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of an exchange's address and its TLS. */
final class ExchangeFront {

  @Option(
      names = "--port",
      defaultValue = "8443",
      paramLabel = "PORT",
      description = "The port; 0 for any free one. Default: ${DEFAULT-VALUE}.")
  int port;

  @Option(
      names = "--listen",
      defaultValue = "127.0.0.1",
      paramLabel = "ADDRESS",
      description =
          "The address to listen on, with or without :PORT. Any but a loopback needs --tls-cert."
              + " Default: ${DEFAULT-VALUE}.")
  ListenAddress listenOn;

  @ArgGroup(exclusive = false)
  @Nullable Tls tls;

  @Option(
      names = "--bind-tokens",
      description =
          "Ask clients for a certificate, and bind the token of one that shows it: only servers"
              + " that see the same certificate take it. Needs --tls-cert.")
  boolean binding;

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  /** A certificate and key. */
  static final class Tls {
    @Option(
        names = "--tls-cert",
        required = true,
        paramLabel = "FILE",
        description = "The server's certificate chain, PEM. Default: plain HTTP, on loopback only.")
    Path certificate;

    @Option(
        names = "--tls-key",
        required = true,
        paramLabel = "FILE",
        description = "Its private key, PKCS#8 PEM.")
    Path key;
  }

  /**
   * The address with its port.
   *
   * @throws CommandFailure if the options contradict one another
   */
  InetSocketAddress address() {
    InetSocketAddress address = ListenPort.of(command, listenOn, port);
    if (tls == null && !listenOn.address().isLoopbackAddress()) {
      throw new CommandFailure(
          "--listen "
              + listenOn.address().getHostAddress()
              + " without --tls-cert: anyone on the way could read the proofs and use them");
    }
    if (tls == null && binding) {
      throw new CommandFailure("--bind-tokens: only with --tls-cert");
    }
    return address;
  }

  /**
   * The builder with its TLS.
   *
   * @throws CommandFailure if a file does not do
   */
  ExchangeServerBuilder applied(ExchangeServerBuilder builder) {
    if (tls != null) {
      KeyPairFiles pair = KeyPairFiles.read("--tls-cert", tls.certificate, "--tls-key", tls.key);
      builder.tls(pair.chain(), pair.key());
    }
    return binding ? builder.bindTokensToClientCertificates() : builder;
  }

  /** The scheme of its URL. */
  String scheme() {
    return tls == null ? "http" : "https";
  }
}
