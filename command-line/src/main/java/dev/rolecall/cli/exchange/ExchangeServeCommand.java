package dev.rolecall.cli.exchange;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.AccessControl;
import dev.rolecall.cli.arguments.ServerAddress;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.failure.IoWords;
import dev.rolecall.cli.server.RunUntilStopped;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.exchange.ExchangeServer;
import dev.rolecall.exchange.ExchangeServerBuilder;
import dev.rolecall.exchange.IssuerUrl;
import dev.rolecall.jwt.ring.KeyRingFileException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code rolecall exchange serve}: a token endpoint and its key set. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description =
        "Trade proofs for tokens (RFC 8693) until it is stopped: POST to /token, keys at"
            + " /jwks.json, and the issuer's metadata under /.well-known.",
    footerHeading = "%nFor example:%n",
    footer = {
      "  rolecall exchange rotate --key-ring ring.json",
      "  rolecall exchange serve --issuer https://id.example --audience exchange \\",
      "    --policy exchange.yaml --key-ring ring.json --listen 0.0.0.0:8443 \\",
      "    --tls-cert chain.pem --tls-key key.pem",
      "",
      "A token lives for 15 minutes at most, and never longer than its proof."
    })
final class ExchangeServeCommand implements Callable<Integer> {

  @Option(
      names = "--issuer",
      required = true,
      paramLabel = "URL",
      description =
          "The name in tokens, and the URL that verifiers and clients reach this server by: https,"
              + " or http on loopback.")
  String issuer;

  @Mixin DecisionOptions decisions;

  @Mixin KeyOptions keys;

  @Option(
      names = "--token-life",
      defaultValue = "PT15M",
      paramLabel = "DURATION",
      description = "The longest life of a token: PT1M to PT15M. Default: ${DEFAULT-VALUE}.")
  Duration life;

  @Mixin ExchangeFront front;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    IssuerUrl url = url();
    InetSocketAddress address = front.address();
    try (ExchangeServer server = started(url, address)) {
      RunUntilStopped running = RunUntilStopped.with(server::close);
      PrintWriter out = spec.commandLine().getOut();
      out.println(
          "exchanging proofs for "
              + decisions.audience
              + " on "
              + front.scheme()
              + "://"
              + ServerAddress.text(address.getAddress(), server.address().getPort()));
      out.println("  issuer " + url);
      out.println("  " + keys.note());
      out.flush();
      running.await();
    }
    return ExitStatus.YES;
  }

  private IssuerUrl url() {
    try {
      return IssuerUrl.parse(issuer);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--" + e.getMessage(), e);
    }
  }

  private ExchangeServer started(IssuerUrl url, InetSocketAddress address) {
    AccessControl access = decisions.access();
    try {
      ExchangeServerBuilder builder = ExchangeServer.builder(url, access).keys(keys.keys());
      return front.applied(living(builder)).start(address);
    } catch (RuntimeException e) {
      access.close();
      throw told(e, address);
    }
  }

  private ExchangeServerBuilder living(ExchangeServerBuilder builder) {
    try {
      return builder.tokenLife(life);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--token-life: " + life + " (expected: PT1M to PT15M)", e);
    }
  }

  private static RuntimeException told(RuntimeException failure, InetSocketAddress address) {
    if (failure instanceof KeyRingFileException) {
      return new CommandFailure(
          "--key-ring: "
              + failure.getMessage()
              + "\n'rolecall exchange rotate --key-ring FILE' makes one",
          failure);
    }
    if (failure instanceof UncheckedIOException io) {
      return new CommandFailure(
          "cannot listen on "
              + ServerAddress.text(address.getAddress(), address.getPort())
              + ": "
              + IoWords.why(requireNonNull(io.getCause())),
          failure);
    }
    return failure;
  }
}
